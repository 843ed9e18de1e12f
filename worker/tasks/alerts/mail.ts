import { alertWords } from '../../letters/alerts.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells one person of an alert by e-mail. */
const mail: Task = async (payload, { ask, send }) => {
  const { organization_id, delivery_id } = ids(payload, 'organization_id', 'delivery_id')
  const [delivery] = await ask(organization_id, 'select * from app_hidden.begin_delivery($1)', [delivery_id])
  if (!delivery) return
  const end = (delivered: boolean, problem?: string) =>
    ask(organization_id, 'select app_hidden.end_delivery($1, $2, null, $3)', [delivery_id, delivered, problem])
  try {
    await send({ id: delivery_id, to: delivery, words: alertWords(delivery.kind), facts: delivery })
  } catch (error) {
    // What the mail server says is ours to read, in the log.
    await end(false, 'The mail server did not take it.')
    throw error
  }
  await end(true)
}
export default mail
