import { alreadyRegistered as words } from '../../letters/account.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells the owner of an account that somebody tried to register with their address. */
const alreadyRegistered: Task = async (payload, { ask, send }) => {
  const { user_id } = ids(payload, 'user_id')
  const [mail] = await ask(null, 'select * from app_hidden.registration_notice($1)', [user_id])
  if (!mail) return
  await send({ id: `registration.${user_id}.${Date.now()}`, to: mail, words, facts: mail })
}
export default alreadyRegistered
