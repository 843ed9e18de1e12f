import type { Task } from '../../tasks.ts'

export const cron = '23 * * * *'

/** Deletes the exports whose time is over. Their links have ended by themselves before. */
const expire: Task = async (_payload, { ask }) => {
  await ask(null, 'select app_hidden.expire_exports()', [])
}
export default expire
