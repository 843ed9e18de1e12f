import test from 'ava'
import { found, foundKey } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { refused } from '../../helpers/refusal.ts'
import { caughtUp, rollUp as rollUpOf } from '../../helpers/rolled.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const since = '2026-02-20T10:30:00Z'
const until = '2026-03-20T00:00:00Z'
const zone = 'America/New_York'
/** A model is one of a service. */
const name = "service || '/' || model as name"
type Company = Awaited<ReturnType<typeof furnish>>

/** Six weeks with a change of the clocks in them, two teams, three people and a key. */
async function furnish() {
  const company = await found(stage, { owner: 'owner', member: 'member', lead: 'member', outsider: 'viewer' })
  const { id, ids } = company
  await stage.admin.query('update app_public.organizations set time_zone = $2 where id = $1', [id, zone])
  const { rows } = await stage.admin.query(
    "insert into app_public.teams (organization_id, name) values ($1, 'Red'), ($1, 'Blue') returning id",
    [id]
  )
  const [red, blue] = rows.map(row => row.id)
  await stage.admin.query('insert into app_public.team_members values ($1, $2, $3)', [id, red, ids.lead])
  const key = await foundKey(stage, id, ids.owner)
  await use(company.id, [red, blue, null], [ids.member, ids.lead, ids.owner, null], key.id, 600)
  return { ...company, red, blue, key }
}

const use = (id: string, teams: (string | null)[], people: (string | null)[], key: string, count: number) =>
  stage.admin.query(
    `insert into app_public.usage_records
       (organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency, charged,
         charged_currency, occurred_at, kind)
     select $1, ($2::uuid[])[1 + n % 3], ($3::uuid[])[1 + n % 4], case when n % 4 = 3 then $4::uuid end,
       case when n % 5 = 0 then 'google' else 'openai' end, 'model-' || n % 7, 1 + n % 3, n % 1000, n % 77,
       n % 13 / 1000.0, 'USD', n % 13 / 1000.0, 'USD', timestamptz '2026-02-15T00:00Z' + n * interval '97 minutes',
       case when n % 50 = 0 then 'correction' else 'usage' end
     from generate_series(1, $5) as n`,
    [id, teams, people, key, count]
  )

/** The same from the records alone, as text, for the rows that a condition names. */
async function counted({ id }: Company, bucket: string, columns: string, condition: string, values: unknown[] = []) {
  const { rows } = await stage.admin.query(
    `select date_trunc('${bucket}', occurred_at, '${zone}') as starts_at, ${columns}, count(*)::int as records,
       sum(requests)::int as requests, sum(tokens_in)::int as tokens_in, trim_scale(sum(charged))::text as cost
     from app_public.usage_records
     where organization_id = $1
       and occurred_at >= date_trunc('${bucket}', timestamptz '${since}', '${zone}')
       and occurred_at < date_trunc('${bucket}', timestamptz '${until}' - interval '1 us', '${zone}') + interval '1 ${bucket}'
       and ${condition}
     group by 1, 2 order by 1, 2`,
    [id, ...values]
  )
  return rows
}

async function told(who: Persona, bucket: string, group: string, column: string, more = '') {
  const { rows } = await who(
    `select starts_at, ${column}, records::int, requests::int, tokens_in::int, cost::text
     from app_public.usage_timeseries('${since}', '${until}', '${bucket}', '${group}' ${more})
     where records > 0 order by 1, 2`
  )
  return rows
}

const rollUp = ({ id }: { id: string }) => rollUpOf(stage.admin, id)

for (const state of ['rolled up', 'not rolled up', 'half rolled up'] as const) {
  test.serial(`Figures are those of the records, ${state}, for each who may see them.`, async t => {
    const company = await furnish()
    const { ids, red, key, people } = company
    if (state !== 'not rolled up') await rollUp(company)
    if (state === 'half rolled up')
      await use(company.id, [red, null, red], [ids.lead, ids.member, null, ids.owner], key.id, 400)
    for (const bucket of ['hour', 'day', 'week', 'month']) {
      t.deepEqual(
        await told(people.owner, bucket, 'model', name),
        await counted(company, bucket, name, 'true'),
        `all by ${bucket}`
      )
      t.deepEqual(
        await told(people.owner, bucket, 'user', 'user_id'),
        await counted(company, bucket, 'user_id', 'true'),
        `people by ${bucket}`
      )
    }
    t.deepEqual(
      await told(people.owner, 'day', 'model', name, ", service => 'openai', team_id => '" + red + "'"),
      await counted(company, 'day', name, "service = 'openai' and team_id = $2", [red]),
      'narrowed'
    )
    t.deepEqual(
      await told(people.member, 'day', 'team', 'team_id'),
      await counted(company, 'day', 'team_id', 'user_id = $2', [ids.member]),
      'a member sees their own'
    )
    t.deepEqual(
      await told(people.lead, 'day', 'model', name),
      await counted(company, 'day', name, '(user_id = $2 or team_id = $3)', [ids.lead, red]),
      "a lead sees the team's"
    )
    t.deepEqual(await told(people.outsider, 'day', 'model', name), [])
    t.deepEqual(
      await told(key.persona, 'day', 'model', name),
      await counted(company, 'day', name, 'api_key_id = $2', [key.id]),
      'a key sees what it recorded'
    )
  })
}

test.serial('Gaps are filled, by the clocks of the organization.', async t => {
  const { people } = await furnish()
  const { rows } = await people.owner(
    "select starts_at, records::int from app_public.usage_timeseries('2026-03-06T12:00Z', '2026-03-10T12:00Z')"
  )
  // The clocks went forward on March 8th.
  t.deepEqual(
    rows.map(row => (row['starts_at'] as Date).toISOString()),
    ['06T05', '07T05', '08T05', '09T04', '10T04'].map(hour => `2026-03-${hour}:00:00.000Z`)
  )
  const empty = await people.owner(
    "select starts_at, records::int, cost::text, currency from app_public.usage_timeseries('2020-01-01T05:00Z', '2020-01-03T05:00Z')"
  )
  t.deepEqual(
    empty.rows.map(({ records, cost, currency }) => [records, cost, currency]),
    Array(2).fill([0, '0', 'USD'])
  )
})

test.serial('Late usage is added where it belongs, each record once, whoever rolls up and however often.', async t => {
  const company = await furnish()
  const { ids, key, red } = company
  await rollUp(company)
  await use(company.id, [red, red, red], [ids.member, null, null, null], key.id, 100)
  await caughtUp(stage.admin, () => Promise.all([rollUp(company), rollUp(company), rollUp(company)]), company.id)
  await rollUp(company)
  const { rows } = await stage.admin.query(
    `select whole, grain, sum(records)::int as records, sum(cost)::text as cost
     from app_public.usage_rollups where organization_id = $1 group by 1, 2 order by 1, 2`,
    [company.id]
  )
  const { rows: all } = await stage.admin.query(
    'select count(*)::int as records, sum(charged)::text as cost from app_public.usage_records where organization_id = $1',
    [company.id]
  )
  t.deepEqual(
    rows,
    [false, true].flatMap(whole => ['day', 'hour', 'month'].map(grain => ({ whole, grain, ...all[0] })))
  )
})

test.serial('What a transaction under way wrote is not passed over.', async t => {
  const company = await furnish()
  await rollUp(company)
  const slow = await stage.admin.connect()
  const insert = `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency)
    values ($1, 'openai', 'late', 1, 'USD', 1, 'USD')`
  await slow.query('begin')
  await slow.query(insert, [company.id])
  // Younger, and committed before.
  await stage.admin.query(insert, [company.id])
  await rollUp(company)
  await slow.query('commit')
  slow.release()
  const count = async () =>
    (
      await company.people.owner(
        "select sum(records)::int as records from app_public.usage_timeseries(now() - interval '1 day', null, 'day', 'model', model => 'late')"
      )
    ).rows[0]!['records']
  t.is(await count(), 2)
  await rollUp(company)
  t.is(await count(), 2)
})

test.serial('A breakdown names the most expensive, sums up the rest, and compares with the time before.', async t => {
  const company = await furnish()
  await rollUp(company)
  const ask = (most: number) =>
    company.people.owner(
      `select model, other, cost::text, share::text, cost_before::text
       from app_public.usage_breakdown('2026-03-02T05:00Z', '2026-03-16T04:00Z', 'model', ${most})`
    )
  const { rows } = await ask(3)
  t.deepEqual(
    rows.map(row => row['other']),
    [false, false, false, true]
  )
  const sum = (name: string, of = rows) => of.reduce((total, row) => total + Number(row[name]), 0)
  const { rows: every } = await ask(100)
  t.is(every.length, 14)
  for (const name of ['cost', 'share', 'cost_before']) {
    t.is(sum(name).toFixed(4), sum(name, every).toFixed(4), name)
  }
  const { rows: exact } = await stage.admin.query(
    `select trim_scale(sum(charged) filter (where occurred_at >= '2026-03-02T05:00Z'))::text as cost,
       trim_scale(sum(charged) filter (where occurred_at < '2026-03-02T05:00Z'))::text as before
     from app_public.usage_records
     where organization_id = $1 and occurred_at >= '2026-02-16T05:00Z' and occurred_at < '2026-03-16T04:00Z'`,
    [company.id]
  )
  t.is(sum('cost').toFixed(3), Number(exact[0].cost).toFixed(3))
  t.is(sum('cost_before').toFixed(3), Number(exact[0].before).toFixed(3))
  const members = await company.people.owner(
    "select label, records::int from app_public.usage_breakdown('2026-02-15T05:00Z', '2026-04-16T04:00Z', 'user')"
  )
  t.deepEqual(members.rows.map(row => String(row['label'])).sort(), ['lead', 'member', 'null', 'owner'])
})

test.serial('After a change of the time zone, and in a restored database, figures are still right.', async t => {
  const company = await furnish()
  await rollUp(company)
  const total = async () =>
    (
      await company.people.owner(
        `select sum(cost)::text as cost from app_public.usage_timeseries('2026-02-01', '2026-05-01', 'day')`
      )
    ).rows[0]!['cost']
  const before = await total()
  await stage.admin.query("update app_public.organizations set time_zone = 'Asia/Kolkata' where id = $1", [company.id])
  t.is(await total(), before, 'not rolled up again')
  await rollUp(company)
  t.is(await total(), before)
  await stage.admin.query(
    'update app_private.rollup_marks set written_in = 1::bigint << 60 where organization_id = $1',
    [company.id]
  )
  await use(company.id, [null, null, null], [null, null, null, null], company.key.id, 10)
  const more = await total()
  t.not(more, before)
  await rollUp(company)
  t.is(await total(), more)
})

test.serial('Questions without an answer are refused.', async t => {
  const { people } = await furnish()
  const ask = (args: string) => () => people.owner(`select app_public.usage_timeseries(${args})`)
  await ask("'2026-01-01', '2026-01-02'")()
  for (const args of [
    "'2026-01-02', '2026-01-01'",
    'null',
    "'infinity'",
    "'2026-01-01', '2026-01-02', 'year'",
    "'2026-01-01', '2026-01-02', 'day', 'colour'",
    "'2026-01-01', '2026-01-03', 'minute'"
  ]) {
    await refused(t, stage, ask(args), 'INVALID_INPUT')
  }
  await refused(
    t,
    stage,
    () => people.owner("select app_public.usage_breakdown('2026-01-01', most => 0)"),
    'INVALID_INPUT'
  )
  await refused(t, stage, () => stage.cast.stranger('select app_hidden.roll_up()'), 'no grant')
})
