import { links } from './letters/account.ts'
import { newSecret } from './mail.ts'
import { ids, type Task } from './tasks.ts'

/** Sends the link to one of an account's addresses. Its secret is made here: the database gets the hash. */
export const linkTask =
  (side: 'current' | 'new'): Task =>
  async (payload, { ask, send, link }) => {
    const { link_id } = ids(payload, 'link_id')
    const { secret, hash } = newSecret('rgl_')
    const [mail] = await ask(null, 'select * from app_hidden.link_mail($1, $2, $3)', [link_id, side, hash])
    if (!mail) return
    const page = mail.purpose === 'reset_password' ? 'reset-password' : 'confirm-email'
    await send({
      // Each attempt carries another secret, so it is another mail.
      id: `${link_id}.${side}.${hash.toString('hex').slice(0, 16)}`,
      to: mail,
      words: links[mail.purpose]!,
      facts: { ...mail, target: link(page, secret) }
    })
  }
