import { ids, type Task } from '../../tasks.ts'

/** Tells an owner, or whoever answers for it, that an API key is about to end. */
const expiring: Task = async (payload, { ask, send }) => {
  const { organization_id, notice_id, user_id } = ids(payload, 'organization_id', 'notice_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.key_expiry_mail($1, $2)', [notice_id, user_id])
  if (!mail) return
  const soon = mail.days === 1 ? 'within a day' : `within ${mail.days} days`
  await send({
    id: `${notice_id}.${user_id}`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.organization}: the API key ${mail.key_name} expires ${soon}`,
    text: [
      `Hello ${mail.name},`,
      '',
      `the API key "${mail.key_name}" (${mail.key_prefix}…) of ${mail.organization} expires at ${mail.expires_at.toISOString()}.`,
      'From then on everything that uses it is refused.',
      '',
      'If it is still needed, give it a later end ("updateApiKey"), or replace it by another key before.',
      ''
    ].join('\n')
  })
}
export default expiring
