import { ids, type Task } from '../../tasks.ts'

/** Tells whoever asked to join what was decided. */
const decided: Task = async (payload, { ask, send }) => {
  const { organization_id, join_request_id } = ids(payload, 'organization_id', 'join_request_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.join_decided_mail($1)', [join_request_id])
  if (!mail) return
  await send({
    id: `${join_request_id}.decided`,
    to: { name: mail.name, address: mail.email },
    subject: mail.approved ? `You are in ${mail.organization} now` : `${mail.organization}: your request`,
    text: [
      `Hello ${mail.name},`,
      '',
      mail.approved
        ? `you asked to join ${mail.organization}, and you are a member now.`
        : `you asked to join ${mail.organization}. The request was turned down.`,
      ''
    ].join('\n')
  })
}
export default decided
