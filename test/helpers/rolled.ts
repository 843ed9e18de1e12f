import type pg from 'pg'
import type { Persona } from './personas.ts'

/** Rolls up what there is of an organization, as the worker does: until nothing is left, or so often. */
export async function rollUp(admin: pg.Pool, organizationId: string, times = Infinity): Promise<void> {
  const client = await admin.connect()
  try {
    let more = true
    for (let turn = 0; more && turn < times; turn++) {
      await client.query('begin')
      await client.query('select app_hidden.resolve_job($1)', [organizationId])
      await client.query('set local role rowgate_job')
      more = (await client.query('select app_hidden.roll_up() as more')).rows[0].more
      await client.query('commit')
    }
  } finally {
    // One that broke off is in no state to be used again.
    client.release(true)
  }
}

/**
 * Does it again until the sums have all that is booked, of one organization or of all: what is younger than a transaction under way,
 * also one of another test on the same server, waits until that has ended.
 */
export async function caughtUp(admin: pg.Pool, roll: () => Promise<unknown>, organizationId?: string): Promise<void> {
  const behind = `
    select from app_public.usage_records as records
      left join app_private.rollup_marks as marks on marks.organization_id = records.organization_id
    where records.written_in >= coalesce(marks.written_in, 0) and coalesce($1, records.organization_id) = records.organization_id
    limit 1`
  do await roll()
  while ((await admin.query(behind, [organizationId ?? null])).rowCount)
}

const between = "now() - interval '400 days', now() + interval '1 day'"
const figures = (cost: string) =>
  `concat_ws(' ', coalesce(sum(records), 0), coalesce(sum(requests), 0), coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0),
    coalesce(sum(errors), 0), trim_scale(coalesce(sum(${cost}), 0)))`

/** What the sums with the tail behind their mark come to, and the records themselves, in one snapshot. */
export async function compared(owner: Persona): Promise<{ told: string; booked: string }> {
  const { rows } = await owner(
    `select
       (select ${figures('cost')} from app_public.usage_timeseries(${between}, 'day', 'model')) as told,
       (select ${figures('cost')} from (select 1 as records, requests, tokens_in, tokens_out, errors, coalesce(charged, 0) as cost
          from app_public.usage_records) as every) as booked`
  )
  return rows[0] as { told: string; booked: string }
}

/** Of each grain, of the whole and of its parts: what is rolled up, and what is booked. */
export async function rolledUp(admin: pg.Pool, organizationId: string): Promise<{ sums: string; booked: string }[]> {
  const { rows } = await admin.query(
    `select ${figures('cost')} as sums, (
       select ${figures('cost')} from (select 1 as records, requests, tokens_in, tokens_out, errors, coalesce(charged, 0) as cost
         from app_public.usage_records where organization_id = $1) as every
     ) as booked
     from app_public.usage_rollups where organization_id = $1 group by whole, grain`,
    [organizationId]
  )
  return rows
}
