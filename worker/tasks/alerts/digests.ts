import type { Task } from '../../tasks.ts'

export const cron = '3 * * * *'

/** Queues the digests of alerts that are due. Run twice or too late it is the same: an alert is in one digest. */
const digests: Task = async (_payload, { ask }) => {
  await ask(null, 'select app_hidden.queue_digests()', [])
}
export default digests
