import { ids, type Task } from '../../tasks.ts'

/** Tells one of those who may decide that somebody waits to be let in. */
const requested: Task = async (payload, { ask, send }) => {
  const { organization_id, join_request_id, user_id } = ids(payload, 'organization_id', 'join_request_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.join_requested_mail($1, $2)', [
    join_request_id,
    user_id
  ])
  if (!mail) return
  await send({
    id: `${join_request_id}.${user_id}`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.who} asks to join ${mail.organization}`,
    text: [
      `Hello ${mail.name},`,
      '',
      `${mail.who} (${mail.address}) asks to join ${mail.organization} as ${mail.role}, and waits for an approval:`,
      `the query "joinRequests" lists who does, "approveJoinRequest" and "rejectJoinRequest" decide.`,
      ''
    ].join('\n')
  })
}
export default requested
