import test from 'ava'
import { books, budgetOf, change, pause, resume, usage, use } from '../../helpers/books.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const create = (values: string) => `select * from app_public.create_budget(${values})`
const settled = (budgetId: string) =>
  value(stage, 'select trim_scale(sum(settled))::text from app_public.budget_shards where budget_id = $1', [budgetId])

test.serial(
  'A refusal says which rule, on which level, what it stands at, when it resets, and who can raise it.',
  async t => {
    const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 10)
    await people.member(usage, use('9.5'))
    const error = await refused(t, stage, () => people.member(usage, use('0.500000000001')), 'BUDGET_EXCEEDED')
    t.is(error.code, 'RG402')
    const now = new Date()
    const { message, remedy, ...said } = detail(error)
    t.truthy(message)
    t.truthy(remedy)
    t.deepEqual(said, {
      rule: 'monthly_limit',
      level: 'organization',
      budget: await budgetOf(stage, id),
      limit: '10',
      used: '9.5',
      held: '0',
      requested: '0.500000000001',
      unit: 'money',
      currency: 'USD',
      resets_at: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString().replace('.000', ''),
      raised_by: 'whoever holds budget:update'
    })
    t.is(await outcome(people.member(usage, use('0.5'))), '1 row', 'exactly the rest fits')
    t.is(await outcome(people.member(usage, use(0))), '1 row', 'and what costs nothing always does')
  }
)

test.serial('A limit of zero refuses every cost but zero.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' }, 0)
  await refused(t, stage, () => people.owner(usage, use('0.000000000001')), 'BUDGET_EXCEEDED')
  t.is(await outcome(people.owner(usage, use(0))), '1 row')
  t.is((await books(stage, id)).records, 1)
})

test.serial('A paused budget only counts, and refuses again as soon as it is resumed.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' }, 10)
  await people.owner(pause)
  await people.owner(usage, use(15))
  t.is((await books(stage, id)).spent, '15')
  await people.owner(resume)
  await refused(t, stage, () => people.owner(usage, use('0.01')), 'BUDGET_EXCEEDED')
  await people.owner(change('16'))
  t.is(await outcome(people.owner(usage, use(1))), '1 row')
  await refused(t, stage, () => people.owner(usage, use('0.01')), 'BUDGET_EXCEEDED')
})

test.serial(
  'A limit below what is spent is accepted and stops everything; what is left out of a change stays.',
  async t => {
    const { people, id } = await found(stage, { owner: 'owner' }, 10)
    await people.owner(usage, use(8))
    const {
      rows: [budget]
    } = await people.owner(change('5'))
    t.like(budget, { limit_amount: '5', thresholds: [80], status: 'active', limit_version: 2 })
    await refused(t, stage, () => people.owner(usage, use('0.01')), 'BUDGET_EXCEEDED')
    t.like((await people.owner(change("thresholds => '{50}'"))).rows[0], { limit_amount: '5', limit_version: 3 })
    t.like((await people.owner(change("name => 'x'"))).rows[0], { thresholds: [50], name: 'x', limit_version: 3 })
    t.is((await books(stage, id)).spent, '8')
    const { rows } = await people.owner(
      'select action, limit_before, limit_after, changed_by is not null as known from app_public.budget_changes order by created_at, id'
    )
    t.deepEqual(
      rows.map(({ action, limit_before, limit_after, known }) => [action, limit_before, limit_after, known]),
      [
        ['updated', '10', '5', true],
        ['updated', '5', '5', true],
        ['updated', '5', '5', true]
      ]
    )
  }
)

test.serial('A budget starts with what its period has already cost.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  await people.owner(usage, use(30))
  await people.owner(create('40'))
  t.deepEqual(await books(stage, id), { records: 1, used: '30', spent: '30', keys: 1 })
  await refused(t, stage, () => people.owner(usage, use(11)), 'BUDGET_EXCEEDED')
  t.is(await outcome(people.owner(usage, use(10))), '1 row')
})

test.serial('Amounts are kept exactly, and without zeros that mean nothing.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  const zeros = '0'.repeat(500)
  await people.owner('select app_public.create_budget($1)', [`999999999999.999999999999${zeros}`])
  await people.owner(usage, use(`0.000000000001${zeros}`))
  await people.owner(usage, use(`999999999999.9${zeros}`))
  const texts = await stage.admin.query(
    `select cost::text as amount from app_public.usage_records where organization_id = $1
     union all select sum(settled)::text from app_public.budget_shards where organization_id = $1
     union all select limit_amount::text from app_public.budgets where organization_id = $1 order by 1`,
    [id]
  )
  t.deepEqual(
    texts.rows.map(({ amount }) => amount),
    ['0.000000000001', '999999999999.9', '999999999999.900000000001', '999999999999.999999999999']
  )
})

test.serial('All levels are asked, the tightest refuses, and a refusal leaves none of them charged.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner', member: 'member' }, 100)
  const [top] = (await people.owner("select * from app_public.create_team('Top')")).rows
  const [below] = (await people.owner("select * from app_public.create_team('Below', $1)", [top!['id']])).rows
  const key = await foundKey(stage, id, ids.owner, below!['id'])
  const limited = async (limit: number, where: string, of: string) =>
    (await people.owner(create(`${limit}, ${where} => $1`), [of])).rows[0]!['id'] as string
  const budgets = {
    organization: (await stage.admin.query('select id from app_public.budgets where organization_id = $1', [id]))
      .rows[0].id,
    team: await limited(20, 'team_id', top!['id']),
    member: await limited(10, 'user_id', ids.member),
    api_key: await limited(5, 'api_key_id', key.id)
  }
  const level = async (work: () => Promise<unknown>) =>
    detail(await refused(t, stage, work, 'BUDGET_EXCEEDED'))['level']
  const onTeam = 'select * from app_public.record_usage($1, $2, $3, $4, team_id => $5)'

  t.is(await level(() => key.persona(usage, use(6))), 'api_key')
  await key.persona(usage, use(5))
  t.is(await level(() => people.member(usage, use(11))), 'member')
  await people.member(usage, use(9))
  t.is(await level(() => people.owner(onTeam, [...use(16), below!['id']])), 'team', 'the key charged the team above')
  await people.owner(onTeam, [...use(15), below!['id']])
  t.is(await level(() => people.owner(usage, use(72))), 'organization')
  await people.owner(usage, use(71))
  t.deepEqual(
    [
      await settled(budgets.organization),
      await settled(budgets.team),
      await settled(budgets.member),
      await settled(budgets.api_key)
    ],
    ['100', '20', '9', '5']
  )
})

test.serial('A budget counts requests or tokens as well as money, and may be for one service or model.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  await people.owner(create("3, unit => 'requests'"))
  await people.owner(create("100, unit => 'tokens', service => 'openai'"))
  await people.owner(create("1, model => 'dear'"))
  const record = (service: string, model: string, cost: number, tokens: number, requests = 1) =>
    people.owner('select app_public.record_usage($1, $2, $3, $4, null, $5, 0, $6)', [
      use(0)[0],
      service,
      model,
      cost,
      tokens,
      requests
    ])
  const rule = async (work: () => Promise<unknown>) => {
    const { unit, requested } = detail(await refused(t, stage, work, 'BUDGET_EXCEEDED'))
    return [unit, requested]
  }
  t.deepEqual(await rule(() => record('openai', 'cheap', 1, 101)), ['tokens', '101'])
  t.deepEqual(await rule(() => record('other', 'dear', 2, 1000)), ['money', '2'])
  await record('other', 'cheap', 2, 1000)
  await record('openai', 'dear', 1, 100)
  t.deepEqual(await rule(() => record('other', 'cheap', 0, 0, 2)), ['requests', '2'])
  await record('other', 'cheap', 0, 0)
  t.deepEqual(await rule(() => record('other', 'cheap', 0, 0)), ['requests', '1'])
})

test.serial('Above the limit allow goes on, and grace up to its percentage.', async t => {
  const allow = await found(stage, { owner: 'owner' })
  await allow.people.owner(create("10, policy => 'allow'"))
  await allow.people.owner(usage, use(25))
  const { rows } = await allow.people.owner('select threshold from app_public.budget_alerts order by threshold')
  t.deepEqual(
    rows.map(({ threshold }) => threshold),
    [50, 80, 100]
  )
  const grace = await found(stage, { owner: 'owner' })
  await grace.people.owner(create("10, policy => 'grace', grace_percent => 20"))
  await grace.people.owner(usage, use(11))
  t.is(detail(await refused(t, stage, () => grace.people.owner(usage, use('1.01')), 'BUDGET_EXCEEDED'))['limit'], '12')
  t.is(await outcome(grace.people.owner(usage, use(1))), '1 row')
})

test.serial('A temporary raise counts until it expires, and then no longer, with no job run.', async t => {
  const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 10)
  const budget = await budgetOf(stage, id)
  await people.member(usage, use(10))
  await refused(t, stage, () => people.member(usage, use(1)), 'BUDGET_EXCEEDED')
  const [given] = (await people.owner('select * from app_public.raise_budget($1, 5)', [budget])).rows
  await people.member(usage, use(2))
  t.is(detail(await refused(t, stage, () => people.member(usage, use(4)), 'BUDGET_EXCEEDED'))['limit'], '15')
  // What a clock would do: the raise, and what was lent out under it, have run out.
  await stage.admin.query(
    "update app_public.budget_raises set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where id = $1",
    [given!['id']]
  )
  await stage.admin.query(
    "update app_public.budget_shards set valid_until = now() - interval '1 hour' where budget_id = $1",
    [budget]
  )
  t.is(detail(await refused(t, stage, () => people.member(usage, use(1)), 'BUDGET_EXCEEDED'))['limit'], '10')
})

test.serial('Who sees a budget asks for more, and who may raise it approves or rejects, once.', async t => {
  const { ids, people } = await found(stage, { owner: 'owner', member: 'member' })
  const [budget] = (await people.owner(create('10, user_id => $1'), [ids.member])).rows
  const ask = async (amount: number) =>
    (await people.member('select * from app_public.request_budget_raise($1, $2)', [budget!['id'], amount])).rows[0]!
  const decide = 'select * from app_public.decide_budget_raise($1, $2)'
  const first = await ask(5)
  t.is(first['status'], 'requested')
  await refused(t, stage, () => people.member(usage, use(12)), 'BUDGET_EXCEEDED')
  await refused(t, stage, () => people.member(decide, [first['id'], true]), 'FORBIDDEN')
  t.is((await people.owner(decide, [first['id'], false])).rows[0]!['status'], 'rejected')
  await refused(t, stage, () => people.member(usage, use(12)), 'BUDGET_EXCEEDED')
  const second = await ask(5)
  t.is((await people.owner(decide, [second['id'], true])).rows[0]!['status'], 'approved')
  await refused(t, stage, () => people.owner(decide, [second['id'], true]), 'NOT_FOUND')
  t.is(await outcome(people.member(usage, use(12))), '1 row')
})

test.serial('What a budget stands at is shown to whoever sees it, and of no other one.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', member: 'member' }, 10)
  await people.owner(create('4, user_id => $1'), [ids.member])
  await people.member(usage, use('2.5'))
  const states = async (who: 'owner' | 'member') =>
    (await people[who]('select * from app_public.budget_status()')).rows.map(
      ({ limit_amount, settled, held, remaining, used_percent, currency, resets_at }) =>
        [limit_amount, settled, held, remaining, used_percent, currency, resets_at > new Date()].join(' ')
    )
  t.deepEqual(await states('owner'), ['10 2.5 0 7.5 25 USD true', '4 2.5 0 1.5 62.5 USD true'])
  t.deepEqual(await states('member'), ['4 2.5 0 1.5 62.5 USD true'])
  const { rows } = await people.member('select (app_public.budgets_state(budgets)).remaining from app_public.budgets')
  t.deepEqual(rows, [{ remaining: '1.5' }])
})

test.serial('A team is its lead to budget, with all teams below it, and no other team.', async t => {
  const { cast, world } = stage
  const { backend, engineering, sales } = world.teams
  for (const team of [engineering, backend]) {
    const [budget] = (await cast.lead(create('50, team_id => $1'), [team])).rows
    t.is(await outcome(cast.lead('select app_public.update_budget($1, 60)', [budget!['id']])), '1 row')
    t.is(await outcome(cast.lead('select app_public.pause_budget($1)', [budget!['id']])), '1 row')
  }
  await refused(t, stage, () => cast.lead(create('50, team_id => $1'), [sales]), 'FORBIDDEN')
  await refused(t, stage, () => cast.lead(create('50')), 'FORBIDDEN')
  await refused(t, stage, () => cast.lead('select app_public.update_budget($1, 60)', [world.budgets.acme]), 'FORBIDDEN')
  const seen = await cast.member('select team_id from app_public.budgets')
  t.deepEqual(
    seen.rows.map(({ team_id }) => team_id),
    [backend],
    'a member sees the budgets of their teams'
  )
})

test.serial("An API key's monthly quota is a budget in requests.", async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const [made] = (await people.owner("select (app_public.create_api_key('k', monthly_quota => 2)).*")).rows
  const key = stage.asKey(made!['key'])
  await key(usage, use(1))
  await key(usage, use(1))
  t.like(detail(await refused(t, stage, () => key(usage, use(1)), 'BUDGET_EXCEEDED')), {
    rule: 'monthly_quota',
    level: 'api_key',
    unit: 'requests',
    limit: '2'
  })
  t.is(await outcome(people.owner(usage, use(1))), '1 row')
})
