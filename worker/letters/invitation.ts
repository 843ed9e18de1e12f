import type { Words } from './letter.ts'

interface Facts {
  organization: string
  inviter: string
  /** A role of the organization's own has a name of its own. */
  role: string
  expires_at: Date
  target: string
}

const roles: Record<string, string> = { owner: '所有者', admin: '管理员', member: '成员', viewer: '只读成员' }

/** Somebody is invited to an organization. */
export const invitation: Words<Facts> = {
  en: ({ organization, inviter, role, expires_at, target }, { moment }) => ({
    subject: `${inviter} invites you to ${organization}`,
    paragraphs: [`${inviter} invites you to join ${organization} as ${role}. Accept until ${moment(expires_at)}:`],
    action: { label: 'Accept the invitation', target },
    after: ['It works once, for this e-mail address. If you expected nothing of the kind there is nothing to do.']
  }),
  zh: ({ organization, inviter, role, expires_at, target }, { moment }) => ({
    subject: `${inviter} 邀请您加入 ${organization}`,
    paragraphs: [
      `${inviter} 邀请您以“${roles[role] ?? role}”身份加入 ${organization}。请在 ${moment(expires_at)} 前接受邀请：`
    ],
    action: { label: '接受邀请', target },
    after: ['此邀请仅限本邮箱地址使用一次。如果与您无关，请忽略此邮件。']
  })
}
