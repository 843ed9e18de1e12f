import { alertWords } from '../../letters/alerts.ts'
import { letterTo } from '../../letters/render.ts'
import { ids, type Task } from '../../tasks.ts'

/** Posts an alert to a webhook of the organization, signed, or as a message in the form that Slack takes. */
const webhook: Task = async (payload, { ask, post }) => {
  const { organization_id, delivery_id } = ids(payload, 'organization_id', 'delivery_id')
  const [delivery] = await ask(organization_id, 'select * from app_hidden.begin_delivery($1)', [delivery_id])
  if (!delivery) return
  const { channel, url, secrets, body } = delivery
  const { delivered, status, problem } = await post({
    id: delivery_id,
    url,
    secrets,
    body: channel === 'slack' ? JSON.stringify({ text: asMessage(delivery) }) : body
  })
  const [{ again }] = await ask(organization_id, 'select app_hidden.end_delivery($1, $2, $3, $4) as again', [
    delivery_id,
    delivered,
    status,
    problem
  ])
  // graphile-worker waits exponentially longer before each attempt.
  if (again) throw new Error(problem)
}
export default webhook

/** Slack reads <, > and & as markup. */
function asMessage(delivery: any): string {
  const { subject, paragraphs, rows = [] } = letterTo(alertWords(delivery.kind), delivery, delivery)
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    `*${escape(subject)}*`,
    ...paragraphs.map(escape),
    ...rows.map(([name, value]) => `• ${escape(name)}: ${escape(value)}`)
  ].join('\n')
}
