import type { Task } from '../../tasks.ts'

export const cron = '53 * * * *'

/** Queues the purges that should have been done: each deletion has queued its own, whose job may be lost. */
const purges: Task = async (_payload, { ask, log }) => {
  const [{ queued }] = await ask(null, 'select app_hidden.queue_due_purges() as queued', [])
  if (queued > 0) log.warn({ queued }, 'organizations are purged later than they should have been')
}
export default purges
