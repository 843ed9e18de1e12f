import { newSecret } from './mail.ts'
import { ids, type Task } from './tasks.ts'

interface LinkMail {
  name: string
  new_email: string | null
  expires_at: Date
}

const words: Record<string, { page: string; subject: string; why: (mail: LinkMail) => string }> = {
  verify_email: {
    page: 'confirm-email',
    subject: 'Confirm your e-mail address',
    why: () => 'this confirms that this e-mail address is yours:'
  },
  change_email: {
    page: 'confirm-email',
    subject: 'Confirm the new e-mail address of your account',
    why: ({ new_email }) =>
      `the address of your account is to be ${new_email}. Nothing changes until both addresses have confirmed it, with this:`
  },
  reset_password: {
    page: 'reset-password',
    subject: 'Set a new password',
    why: () => 'somebody, perhaps you, asked for a new password for your account. This sets one, once:'
  }
}

/** Sends the link to one of an account's addresses. Its secret is made here: the database gets the hash. */
export const linkTask =
  (side: 'current' | 'new'): Task =>
  async (payload, { ask, send, link }) => {
    const { link_id } = ids(payload, 'link_id')
    const { secret, hash } = newSecret('rgl_')
    const [mail] = await ask(null, 'select * from app_hidden.link_mail($1, $2, $3)', [link_id, side, hash])
    if (!mail) return
    const { page, subject, why } = words[mail.purpose]!
    await send({
      // Each attempt carries another secret, so it is another mail.
      id: `${link_id}.${side}.${hash.toString('hex').slice(0, 16)}`,
      to: { name: mail.name, address: mail.email },
      subject,
      text: [
        `Hello ${mail.name},`,
        '',
        why(mail),
        '',
        link(page, secret),
        '',
        `It works until ${mail.expires_at.toISOString()}. If it was not you who asked, there is nothing to do.`,
        ''
      ].join('\n')
    })
  }
