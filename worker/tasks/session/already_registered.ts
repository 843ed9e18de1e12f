import { ids, type Task } from '../../tasks.ts'

/** Tells the owner of an account that somebody tried to register with their address. */
const alreadyRegistered: Task = async (payload, { ask, send }) => {
  const { user_id } = ids(payload, 'user_id')
  const [mail] = await ask(null, 'select * from app_hidden.registration_notice($1)', [user_id])
  if (!mail) return
  await send({
    id: `registration.${user_id}.${Date.now()}`,
    to: { name: mail.name, address: mail.email },
    subject: 'You have an account already',
    text: [
      `Hello ${mail.name},`,
      '',
      'somebody, perhaps you, tried to register with this e-mail address. It has an account already, which is unchanged:',
      'just sign in. If it was not you, there is nothing to do.',
      ''
    ].join('\n')
  })
}
export default alreadyRegistered
