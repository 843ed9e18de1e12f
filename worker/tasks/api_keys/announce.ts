import type { Task } from '../../tasks.ts'

export const cron = '7 * * * *'

/** Finds the API keys whose end is near. Run twice or too late it is the same: the database knows what was announced. */
const announce: Task = async (_payload, { ask }) => {
  await ask(null, 'select app_hidden.announce_expiring_keys()', [])
}
export default announce
