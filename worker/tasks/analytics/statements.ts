import type { Task } from '../../tasks.ts'

/** Every hour: an organization's month ends by its own clocks, and what was missed is found the next time. */
export const cron = '17 * * * *'

/** Closes the months that ended some days ago. Each is closed once, whoever tries and however often. */
const statements: Task = async (_payload, { ask, log }) => {
  for (const { id } of await ask(null, 'select app_hidden.organizations_to_close() as id', [])) {
    // One that fails does not keep the others; it is tried again an hour later.
    try {
      let closed = true
      while (closed) [{ closed }] = await ask(id, 'select app_hidden.close_statement() as closed', [])
    } catch (error) {
      log.warn({ tenant: id, reason: (error as Error).message }, 'a statement was not closed')
    }
  }
}
export default statements
