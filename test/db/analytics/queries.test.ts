import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)

async function furnish() {
  const company = await found(stage, { owner: 'owner', lead: 'member', idle: 'viewer' }, 1000)
  const { id, ids } = company
  const { rows } = await stage.admin.query(
    "insert into app_public.teams (organization_id, name) values ($1, 'Red') returning id",
    [id]
  )
  const red = rows[0].id as string
  await stage.admin.query("insert into app_public.team_members values ($1, $2, $3, 'lead')", [id, red, ids.lead])
  await stage.admin.query(
    `insert into app_public.usage_records (organization_id, user_id, team_id, service, model, requests, errors, cost, currency, charged,
       charged_currency, occurred_at)
     select $1, case when day % 2 = 0 then $2::uuid else $3 end, case when day % 3 = 0 then $4::uuid end, 'openai', 'gpt-5', 10, day % 3,
       day, 'USD', day, 'USD', timestamptz '2026-03-01T12:00Z' + day * interval '1 day'
     from generate_series(1, 28) as day`,
    [id, ids.owner, ids.lead, red]
  )
  return { ...company, red }
}

test('Usage by member has everybody for who may see all, and nothing else of it for others.', async t => {
  const { people } = await furnish()
  const ask = `select label, cost::text, requests::int, errors::int
    from app_public.usage_by_member('2026-03-01T00:00Z', '2026-04-01T00:00Z')`
  t.deepEqual((await people.owner(ask)).rows, [
    { label: 'owner', cost: '210', requests: 140, errors: 15 },
    { label: 'lead', cost: '196', requests: 140, errors: 13 },
    { label: 'idle', cost: '0', requests: 0, errors: 0 }
  ])
  // A lead: what is booked on the team, whoever used it, and their own.
  t.deepEqual(
    (await people.lead(ask)).rows.map(({ label, cost }) => [label, cost]),
    [
      ['lead', '196'],
      ['owner', '60']
    ]
  )
  t.deepEqual((await people.idle(ask)).rows, [])
})

test('A trend compares with the same weekday, averages a week and adds up.', async t => {
  const { people } = await furnish()
  const { rows } = await people.owner(
    `select to_char(starts_at at time zone 'UTC', 'MM-DD') as day, cost::text, cost_before::text, change::text, average::text, running::text
     from app_public.cost_trend('2026-03-10T00:00Z', '2026-03-13T00:00Z')`
  )
  t.deepEqual(
    rows.map(row => Object.values(row).join(' ')),
    ['03-10 9 2 3.500000 6 9', '03-11 10 3 2.333333 7 19', '03-12 11 4 1.750000 8 30']
  )
})

test('An overview says what each budget stands at and whether it lasts.', async t => {
  const { people } = await furnish()
  await people.owner("select app_public.record_usage('now', 'openai', 'gpt-5', 999.9)")
  await people.owner("select app_public.create_budget(limit_amount => 5, unit => 'requests', policy => 'allow')")
  const { rows } = await people.owner(
    'select level, unit, settled::text, outlook, low <= expected and expected <= high as ordered from app_public.budget_overview()'
  )
  t.deepEqual(rows[0], { level: 'organization', unit: 'money', settled: '999.9', outlook: 'runs_out', ordered: true })
  t.is(rows[1]!['settled'], '1')
  t.deepEqual((await people.idle('select from app_public.budget_overview()')).rows, [])
})
