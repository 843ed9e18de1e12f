import test from 'ava'
import { usage, use } from '../../helpers/books.ts'
import { found } from '../../helpers/organization.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const roles = { owner: 'owner', member: 'member' } as const
const rule = 'select id from app_public.create_alert_rule($1, $2, $3)'

const raised = async (id: string, kind: string) =>
  (
    await stage.admin.query(
      'select facts from app_public.alert_events where organization_id = $1 and kind = $2 order by created_at, occasion',
      [id, kind]
    )
  ).rows.map(({ facts }) => facts)

/** As the worker does it. */
async function look(id: string): Promise<number> {
  const client = await stage.admin.connect()
  try {
    await client.query('begin')
    await client.query('select app_hidden.resolve_job($1)', [id])
    const { rows } = await client.query('select app_hidden.look_for_alerts() as count')
    await client.query('commit')
    return rows[0].count
  } finally {
    client.release()
  }
}

test.serial('A new organization has the rules that tell what was always told, and one channel.', async t => {
  const { people } = await found(stage, roles)
  const { rows } = await people.owner('select kind, thresholds, resource from app_public.alert_rules order by kind')
  t.deepEqual(rows, [
    { kind: 'errors', thresholds: [5], resource: null },
    { kind: 'key_expiry', thresholds: [1, 3, 14], resource: null },
    { kind: 'quota', thresholds: [80, 100], resource: 'api_calls' },
    { kind: 'threshold', thresholds: null, resource: null },
    { kind: 'unpriced', thresholds: null, resource: null }
  ])
  t.is(
    (await people.owner("select from app_public.alert_channels where kind = 'email' and user_id is null")).rowCount,
    1
  )
  t.is((await people.member('select from app_public.alert_rules')).rowCount, 0, 'a member sees none')
})

test.serial(
  'A rule brings thresholds of its own to budgets, tells what is crossed already, and each once.',
  async t => {
    const { id, people } = await found(stage, roles, 100)
    await people.member(usage, use(55))
    t.deepEqual(await raised(id, 'threshold'), [])
    const { rows } = await people.owner(rule, ['threshold', 'Early', [50, 60]])
    const told = async () => (await raised(id, 'threshold')).map(({ threshold, used }) => [threshold, used])
    t.deepEqual(await told(), [[50, '55']])
    await people.owner(rule, ['threshold', 'Early too', [50]])
    t.deepEqual(
      await told(),
      [
        [50, '55'],
        [50, '55']
      ],
      'each rule for itself'
    )
    await people.member(usage, use(5))
    t.deepEqual((await told()).at(-1), [60, '60'])
    await people.owner('select app_public.update_alert_rule($1, thresholds => $2)', [rows[0]!['id'], [70]])
    await people.member(usage, use(10))
    t.deepEqual((await told()).at(-1), [70, '70'])
    await people.owner('select app_public.delete_alert_rule($1)', [rows[0]!['id']])
    await people.member(usage, use(1))
    t.is((await raised(id, 'threshold')).length, 1)
  }
)

test.serial('A budget that will not last is told once for its period and limit.', async t => {
  const { id, people } = await found(stage, roles)
  await people.owner(rule, ['forecast', 'Will not last', null])
  // Eight weeks, 10 a day; and today.
  await stage.admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select $1, 's', 'm', 10, 'USD', 10, 'USD', now() - day * interval '1 day' from generate_series(0, 56) as day`,
    [id]
  )
  const { rows: budgets } = await people.owner('select id from app_public.create_budget(limit_amount => 100000)')
  const { settled } = (await people.owner('select settled from app_public.budget_status($1)', [budgets[0]!['id']]))
    .rows[0]!
  t.true(Number(settled) >= 10, 'the control: it counts on the budget')
  t.is(await look(id), 0, 'a month of it does not use that up')
  // A few minutes more of it do.
  const limit = (amount: string) =>
    people.owner('select app_public.update_budget($1, limit_amount => $2)', [budgets[0]!['id'], amount])
  const last = (Number(settled) + 0.01).toFixed(2)
  await limit(last)
  t.is(await look(id), 1)
  t.is(await look(id), 0, 'once')
  const [told] = await raised(id, 'forecast')
  t.like(told, { limit: last, unit: 'USD' })
  const [low, expected, high] = [told.low, told.expected, told.high].map(Number) as [number, number, number]
  t.true(low <= expected && expected <= high && expected >= Number(last), `${low} ${expected} ${high}`)
  t.true(Date.parse(told.runs_out_on) < Date.now() + 3_600_000, told.runs_out_on)
  await limit('100000')
  t.is(await look(id), 0)
  await limit((Number(settled) + 0.02).toFixed(2))
  t.is(await look(id), 1, 'another limit')
})

test.serial(
  'Requests that fail are told when they are more than a rule takes, once, and once when it is over.',
  async t => {
    const { id, people } = await found(stage, roles)
    await people.owner(rule, ['errors', 'Bad', [20, 50]])
    const noon = Date.parse('2026-01-01T12:00:00Z')
    const at = (minute: number) => new Date(noon + minute * 60_000)
    let minute = 0
    /** Serves so many minutes, 100 requests each, and judges each as it settles. */
    const serve = async (minutes: number, errors: number) => {
      for (const end = minute + minutes; minute < end; minute++) {
        await stage.admin.query('insert into app_public.health_minutes values ($1, $2, 100, $3, 0, 0, 0, 0, 0)', [
          id,
          at(minute),
          errors
        ])
        for (let time = 0; time < 2; time++)
          await stage.admin.query('select app_hidden.judge_health($1)', [at(minute + 1)])
      }
    }
    const told = async () => (await raised(id, 'errors')).map(({ state, threshold }) => `${state} ${threshold}`)
    await serve(10, 5)
    t.deepEqual(await told(), [], '5 % is not above 5 %')
    await serve(4, 6)
    t.deepEqual(await told(), [], 'nor are four minutes five')
    await serve(3, 6)
    t.deepEqual(await told(), ['began 5'])
    await serve(5, 25)
    t.deepEqual(await told(), ['began 5', 'began 20'], 'it became worse')
    await serve(4, 0)
    t.deepEqual(await told(), ['began 5', 'began 20'], 'not over yet')
    await serve(6, 0)
    t.deepEqual(
      (await told()).slice(2).sort(),
      ['ended 20', 'ended 5'],
      'who was not told of 50 is not told of its end'
    )
    await serve(6, 60)
    t.deepEqual((await told()).slice(4).sort(), ['began 20', 'began 5', 'began 50'], 'another incident')
  }
)

test.serial('A day that costs more than such days usually do is told, once for a threshold.', async t => {
  const { id, people } = await found(stage, roles, 100000)
  await stage.admin.query("update app_public.organizations set created_at = now() - interval '1 year' where id = $1", [
    id
  ])
  await people.owner("select app_public.create_alert_rule('spike', 'Spike', '{200,300}', minimum => 5)")
  for (const weeks of [1, 2, 3, 4]) {
    await people.member(
      "select app_public.record_usage($1, 's', 'm', 2, occurred_at => now() - $2 * interval '7 days')",
      [`w${weeks}`, weeks]
    )
  }
  await people.member(usage, use('3.9'))
  t.is(await look(id), 0, 'less than the minimum, and than twice')
  await people.member(usage, use('1.1'))
  t.is(await look(id), 1)
  t.is(await look(id), 0)
  t.like((await raised(id, 'spike'))[0], { threshold: 200, cost: '5', usual: '2', unit: 'USD' })
  await people.member(usage, use(1))
  t.is(await look(id), 1, 'three times')
})

test.serial('A resource of the plan is told when it is used so far, in the transaction that does.', async t => {
  const { id, people } = await found(stage, roles, undefined, 'free')
  await people.owner("select app_public.create_alert_rule('quota', 'Teams', '{60,100}', resource => 'teams')")
  await people.owner("select app_public.create_team('one')")
  t.deepEqual(await raised(id, 'quota'), [])
  await people.owner("select app_public.create_team('two')")
  t.like(await raised(id, 'quota'), [{ resource: 'teams', threshold: 60, used: '2', limit: '3' }])
  await people.owner("select app_public.create_team('three')")
  t.is((await raised(id, 'quota')).length, 2)
})
