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
  const { id, people } = await found(stage, roles, 100)
  await people.owner(rule, ['forecast', 'Will not last', null])
  await people.member(usage, use(10))
  // What forecasts are is another matter: here it is what becomes of one.
  const forecast = (runsOutOn: string) =>
    stage.admin.query(
      `create or replace function app_hidden.budget_forecast(budget_id uuid)
       returns app_public.budget_forecast language sql stable set search_path = ''
       as $$ select row(130.0, 110.0, 150.0, ${runsOutOn})::app_public.budget_forecast $$`
    )
  await forecast('null::timestamptz')
  t.is(await look(id), 0)
  await forecast("now() + interval '1 minute'")
  t.is(await look(id), 1)
  t.is(await look(id), 0, 'once')
  t.like((await raised(id, 'forecast'))[0], { limit: '100', expected: '130', low: '110', high: '150', unit: 'USD' })
})

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
