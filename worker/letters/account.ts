import type { Words } from './letter.ts'

interface Link {
  new_email: string | null
  expires_at: Date
  target: string
}

/** The links of an account, by what they are for. */
export const links: Record<string, Words<Link>> = {
  verify_email: {
    en: ({ target, expires_at }, { moment }) => ({
      subject: 'Confirm your e-mail address',
      paragraphs: ['This confirms that this e-mail address is yours:'],
      action: { label: 'Confirm the address', target },
      after: until.en(moment(expires_at))
    }),
    zh: ({ target, expires_at }, { moment }) => ({
      subject: '请确认您的邮箱地址',
      paragraphs: ['请确认此邮箱地址属于您：'],
      action: { label: '确认邮箱', target },
      after: until.zh(moment(expires_at))
    })
  },
  change_email: {
    en: ({ target, new_email, expires_at }, { moment }) => ({
      subject: 'Confirm the new e-mail address of your account',
      paragraphs: [
        `The address of your account is to be ${new_email}. Nothing changes until both addresses have confirmed it, with this:`
      ],
      action: { label: 'Confirm the change', target },
      after: until.en(moment(expires_at))
    }),
    zh: ({ target, new_email, expires_at }, { moment }) => ({
      subject: '请确认账户的新邮箱地址',
      paragraphs: [`您账户的邮箱地址将改为 ${new_email}。新旧两个地址都确认后才会生效：`],
      action: { label: '确认更改', target },
      after: until.zh(moment(expires_at))
    })
  },
  reset_password: {
    en: ({ target, expires_at }, { moment }) => ({
      subject: 'Set a new password',
      paragraphs: ['Somebody, perhaps you, asked for a new password for your account. This sets one, once:'],
      action: { label: 'Set a new password', target },
      after: until.en(moment(expires_at))
    }),
    zh: ({ target, expires_at }, { moment }) => ({
      subject: '设置新密码',
      paragraphs: ['有人（可能是您本人）为您的账户申请了新密码。以下链接可用于设置一次新密码：'],
      action: { label: '设置新密码', target },
      after: until.zh(moment(expires_at))
    })
  }
}

const until = {
  en: (moment: string) => [`It works until ${moment}. If it was not you who asked, there is nothing to do.`],
  zh: (moment: string) => [`有效期至 ${moment}。如果不是您本人操作，请忽略此邮件。`]
}

/** Somebody tried to register with an address that has an account. */
export const alreadyRegistered: Words<unknown> = {
  en: () => ({
    subject: 'You have an account already',
    paragraphs: [
      'Somebody, perhaps you, tried to register with this e-mail address. It has an account already, which is unchanged: just sign in. If it was not you, there is nothing to do.'
    ]
  }),
  zh: () => ({
    subject: '您已有账户',
    paragraphs: [
      '有人（可能是您本人）尝试用此邮箱地址注册。该地址已有账户，且未作任何更改，直接登录即可。如果不是您本人操作，请忽略此邮件。'
    ]
  })
}
