import type { Task } from '../../tasks.ts'

export const cron = '41 * * * *'

const batch = 10_000

/** Lets go of usage that is no longer kept: months that nobody needs as a whole, then what lies beside the records of others. */
const retention: Task = async (_payload, { ask, log }) => {
  const organizations = await ask(null, 'select app_hidden.organizations_to_retire() as id', [])
  // One that fails does not keep the others; it is tried again an hour later.
  const each = async (work: (id: string) => Promise<unknown>) => {
    for (const { id } of organizations)
      await work(id).catch(({ message }: Error) =>
        log.warn({ tenant: id, reason: message }, 'old usage was not let go of')
      )
  }
  await each(id => ask(id, 'select app_hidden.retire_usage()', []))
  const [{ complete }] = await ask(null, 'select app_hidden.drop_usage_partitions() as complete', [])
  // What goes as a whole the next time is not deleted row by row now.
  if (!complete) return
  await each(async id => {
    let more = true
    while (more) [{ more }] = await ask(id, 'select app_hidden.purge_retired_usage($1) as more', [batch])
  })
}
export default retention
