import { ids, type Task } from '../../tasks.ts'

/** Tells one owner or admin that something is used whose price is not known. */
const unpriced: Task = async (payload, { ask, send }) => {
  const { organization_id, usage_record_id, user_id } = ids(payload, 'organization_id', 'usage_record_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.unpriced_mail($1, $2)', [
    usage_record_id,
    user_id
  ])
  if (!mail) return
  await send({
    id: `${usage_record_id}.${user_id}`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.organization}: no price for ${mail.service} ${mail.model}`,
    text: [
      `Hello ${mail.name},`,
      '',
      `${mail.organization} uses ${mail.model} of ${mail.service}, and no price or exchange rate is known for it.`,
      'Its use is recorded and counted in requests and tokens; its cost counts once there is a price and it is priced again.',
      ''
    ].join('\n')
  })
}
export default unpriced
