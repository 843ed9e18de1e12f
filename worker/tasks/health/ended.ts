import { ids, type Task } from '../../tasks.ts'

/** Tells one owner or admin that the organization's requests go well again. */
const ended: Task = async (payload, { ask, send }) => {
  const { organization_id, incident_id, user_id } = ids(payload, 'organization_id', 'incident_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.incident_mail($1, $2)', [incident_id, user_id])
  if (!mail) return
  await send({
    id: `${incident_id}.${user_id}.ended`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.organization}: requests go well again`,
    text: [
      `Hello ${mail.name},`,
      '',
      `the requests of ${mail.organization} go well again. From ${mail.started_at.toISOString()}`,
      `to ${mail.ended_at.toISOString()} more than 5 % of them failed: ${mail.errors} of ${mail.requests}.`,
      ''
    ].join('\n')
  })
}
export default ended
