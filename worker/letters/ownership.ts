import type { Words } from './letter.ts'

/** Somebody is offered the ownership of an organization. */
export const ownership: Words<{ organization: string; who: string; expires_at: Date }> = {
  en: ({ organization, who, expires_at }, { moment }) => ({
    subject: `${who} offers you the ownership of ${organization}`,
    paragraphs: [
      `${who} offers you to become an owner of ${organization}. Owners decide about the plan, the other owners, and whether the organization is deleted.`,
      'Nothing changes until you accept: sign in, and accept the offer there ("acceptOwnership").'
    ],
    rows: [
      ['Organization', organization],
      ['Offered by', who],
      ['Open until', moment(expires_at)]
    ],
    after: ['If you do not want it, there is nothing to do.']
  }),
  zh: ({ organization, who, expires_at }, { moment }) => ({
    subject: `${who} 邀请您成为 ${organization} 的所有者`,
    paragraphs: [
      `${who} 希望由您担任 ${organization} 的所有者。所有者可以决定套餐、管理其他所有者，并可删除组织。`,
      '在您接受之前不会有任何变化：请登录并接受（acceptOwnership）。'
    ],
    rows: [
      ['组织', organization],
      ['邀请人', who],
      ['有效期至', moment(expires_at)]
    ],
    after: ['如不愿接受，无需任何操作。']
  })
}
