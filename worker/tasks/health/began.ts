import { ids, type Task } from '../../tasks.ts'

/** Tells one owner or admin that too many of the organization's requests fail. */
const began: Task = async (payload, { ask, send }) => {
  const { organization_id, incident_id, user_id } = ids(payload, 'organization_id', 'incident_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.incident_mail($1, $2)', [incident_id, user_id])
  if (!mail) return
  await send({
    id: `${incident_id}.${user_id}.began`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.organization}: more than 5 % of the requests fail`,
    text: [
      `Hello ${mail.name},`,
      '',
      `since ${mail.started_at.toISOString()} more than 5 % of the requests of ${mail.organization} fail on our side:`,
      `${mail.errors} of ${mail.requests} so far. The query "health" shows how it goes on.`,
      '',
      'You get another message when it is over.',
      ''
    ].join('\n')
  })
}
export default began
