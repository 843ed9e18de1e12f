import type { Task } from '../../tasks.ts'

export const cron = '*/5 * * * *'

/** Looks for what becomes true with time: budgets that will not last, days that cost more than usual. Run twice it is the same. */
const look: Task = async (_payload, { ask, log }) => {
  const organizations = await ask(null, 'select app_hidden.organizations_to_look_at() as id', [])
  for (const { id } of organizations) {
    // One that fails does not keep the others.
    await ask(id, 'select app_hidden.look_for_alerts()', []).catch(({ message }: Error) =>
      log.error({ tenant: id, reason: message }, 'could not look for alerts')
    )
  }
}
export default look
