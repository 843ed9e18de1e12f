import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)

/** Eight weeks in which every day costs 10, but for Saturdays and Sundays. */
async function furnish(period = 'month', limit = 1000) {
  const company = await found(stage, { owner: 'owner', member: 'member' })
  const { rows } = await stage.admin.query(
    `insert into app_public.budgets (organization_id, limit_amount, period, counts_from) values ($1, $2, $3, '-infinity') returning id`,
    [company.id, limit, period]
  )
  await stage.admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select $1, 'openai', 'gpt-5', 10, 'USD', 10, 'USD', day + interval '12 hours'
     from generate_series(timestamp '2026-01-05', '2026-03-15', '1 day') as day where extract(isodow from day) < 6`,
    [company.id]
  )
  return { ...company, budget: rows[0].id as string }
}

/** What is said at a moment of a period in which so much is settled, as whoever may see the budget. */
async function said(
  { people, budget }: Awaited<ReturnType<typeof furnish>>,
  at: string,
  settled: number,
  ends: string | null,
  begins = '2026-03-01T00:00Z'
) {
  const { rows } = await people.owner(
    `select expected::float8, low::float8, high::float8, runs_out_on
     from app_public.budgets cross join lateral app_hidden.forecast_from(budgets,
       row(budgets.id, limit_amount, 0, $2::numeric, 0, 0, 0, 'USD', $5::timestamptz, $3::timestamptz)::app_public.budget_state, $4)
     where id = $1`,
    [budget, settled, ends, at, begins]
  )
  return rows[0] as { expected: number; low: number; high: number; runs_out_on: Date | null }
}

test('A forecast knows the weekdays: from Monday to the end of March there are 12 working days.', async t => {
  const { expected, low, high, runs_out_on } = await said(
    await furnish(),
    '2026-03-16T00:00Z',
    100,
    '2026-04-01T00:00Z'
  )
  t.true(Math.abs(expected - 220) < 12, String(expected))
  t.true(low < expected && expected < high && low >= 100)
  t.is(runs_out_on, null)
})

test('It says when a budget runs out: on a working day, and at once where nothing is left.', async t => {
  const company = await furnish('month', 155)
  const { runs_out_on: date } = await said(company, '2026-03-16T00:00Z', 100, '2026-04-01T00:00Z')
  // 55 are five and a half working days: Monday after the weekend.
  t.is(date?.toISOString().slice(0, 10), '2026-03-23')
  const { runs_out_on: now } = await said(company, '2026-03-16T00:00Z', 155, '2026-04-01T00:00Z')
  t.is(now?.toISOString(), '2026-03-16T00:00:00.000Z')
  const { expected, runs_out_on } = await said(company, '2026-03-16T00:00Z', 100, null)
  t.is(expected, null as never)
  t.is(runs_out_on?.toISOString().slice(0, 10), '2026-03-23')
})

test('The forecast of a budget is that of what it stands at now, for its readers and jobs alone.', async t => {
  const company = await furnish()
  await stage.admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select $1, 'openai', 'gpt-5', 1, 'USD', 1, 'USD', now() - day * interval '1 day' from generate_series(32, 80) as day`,
    [company.id]
  )
  await company.people.owner("select app_public.record_usage('now', 'openai', 'gpt-5', 1)")
  const ask = 'select forecast.expected::float8, forecast.low::float8 from app_hidden.budget_forecast($1) as forecast'
  const { rows } = await company.people.owner(ask, [company.budget])
  t.true(rows[0]!['expected'] > 0 && rows[0]!['low'] >= 0)
  const client = await stage.admin.connect()
  try {
    await client.query('begin')
    await client.query('select app_hidden.resolve_job($1)', [company.id])
    await client.query('set local role rowgate_job')
    t.deepEqual(Object.keys((await client.query(ask, [company.budget])).rows[0]), ['expected', 'low'])
    t.true((await client.query(ask, [company.budget])).rows[0].expected > 0)
    t.is((await client.query(ask, [(await furnish()).budget])).rows[0].expected, null, 'of another organization')
    await client.query('rollback')
  } finally {
    client.release()
  }
  t.is((await company.people.member(ask, [company.budget])).rows[0]!['expected'], null)
  const { rows: field } = await company.people.owner(
    'select (app_public.budgets_forecast(budgets)).expected::float8 from app_public.budgets'
  )
  t.is(field.length, 1)
  t.true(field[0]!['expected'] > 0)
})

test('A budget of a day is forecast by hours, and one that nobody used comes to nothing.', async t => {
  const company = await furnish('day')
  const { expected } = await said(company, '2026-03-13T06:00Z', 0, '2026-03-14T00:00Z', '2026-03-13T00:00Z')
  t.true(expected > 3 && expected < 15, String(expected))
  const empty = await found(stage, { owner: 'owner' }, 10)
  const { rows } = await empty.people.owner('select (app_public.budgets_forecast(budgets)).* from app_public.budgets')
  t.deepEqual(Object.values(rows[0]!), ['0', '0', '0', null])
})
