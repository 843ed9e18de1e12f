import type { Task } from '../../tasks.ts'

export const cron = '23 3 * * *'

const batch = 10_000

/** Deletes what ended a while ago and would pile up: sessions, links, invitations, the log of deliveries. */
const expired: Task = async (_payload, { ask }) => {
  let more = true
  while (more) [{ more }] = await ask(null, 'select app_hidden.forget_expired($1) as more', [batch])
}
export default expired
