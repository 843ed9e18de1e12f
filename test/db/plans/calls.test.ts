import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { hold, waits } from '../../helpers/held.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const owner = { owner: 'owner' } as const
const use = (key: string, requests: number): [string, unknown[]] => [
  "select * from app_public.record_usage($1, 's', 'm', 0, requests => $2)",
  [key, requests]
]
const change = 'select * from app_public.change_plan($1)'
const planBudget = (id: string) =>
  value<string>(stage, "select id from app_public.budgets where organization_id = $1 and source = 'plan'", [id])

test.serial('Metered requests fill the plan, and what does not fit is refused and says how to get more.', async t => {
  const { people, id } = await found(stage, owner, undefined, 'free')
  await people.owner(...use('most', 999))
  const error = await refused(t, stage, () => people.owner(...use('more', 2)), 'BUDGET_EXCEEDED')
  const { remedy, ...said } = detail(error)
  t.like(said, {
    rule: 'plan',
    plan: 'free',
    level: 'organization',
    budget: await planBudget(id),
    limit: '1000',
    used: '999',
    requested: '2',
    unit: 'requests',
    raised_by: 'whoever holds billing:update'
  })
  t.regex(remedy, /changePlan/)
  t.is(await outcome(people.owner(...use('last', 1))), '1 row', 'exactly the rest fits')
  t.is(await outcome(people.owner('select * from app_public.usage_records limit 1')), '1 row', 'reading costs nothing')
  t.deepEqual(
    (await people.owner("select used, remaining from app_public.quota() where resource = 'api_calls'")).rows,
    [{ used: '1000', remaining: '0' }]
  )
})

test.serial('Another plan is another limit at once, with its history; without limit it only counts.', async t => {
  const { people, id } = await found(stage, owner, undefined, 'free')
  await people.owner(...use('1000', 1000))
  await refused(t, stage, () => people.owner(...use('a', 1)), 'BUDGET_EXCEEDED')
  await people.owner(change, ['basic'])
  t.is(await outcome(people.owner(...use('a', 1))), '1 row')
  await people.owner(change, ['enterprise'])
  t.is(await outcome(people.owner(...use('b', 100_000))), '1 row')
  t.deepEqual(
    (await people.owner("select limit_amount, used from app_public.quota() where resource = 'api_calls'")).rows,
    [{ limit_amount: null, used: '101001' }]
  )
  await refused(t, stage, () => people.owner(change, ['pro']), 'PLAN_TOO_SMALL')
  const { rows } = await people.owner(
    `select action, limit_before, limit_after, details -> 'status' as status, changed_by is not null as known
     from app_public.budget_changes where budget_id = $1 order by created_at, id`,
    [await planBudget(id)]
  )
  t.deepEqual(
    rows.map(row => [row['action'], row['limit_before'], row['limit_after'], row['status'], row['known']]),
    [
      ['created', null, '1000', null, false],
      ['updated', '1000', '10000', null, true],
      ['updated', '10000', '10000', 'paused', true]
    ]
  )
})

test.serial('Who comes from a plan without limit begins with what the month has used.', async t => {
  const { people } = await found(stage, owner)
  await people.owner(...use('before', 49_999))
  await people.owner(change, ['pro'])
  await refused(t, stage, () => people.owner(...use('two', 2)), 'BUDGET_EXCEEDED')
  t.is(await outcome(people.owner(...use('one', 1))), '1 row')
})

test.serial("Nobody pauses, raises or changes the plan's budget: the plan does.", async t => {
  const { people, id } = await found(stage, owner, undefined, 'free')
  const budget = await planBudget(id)
  for (const verb of [
    'pause_budget($1)',
    'resume_budget($1)',
    'update_budget($1, 5000)',
    'raise_budget($1, 5000)',
    'request_budget_raise($1, 5000)'
  ]) {
    await refused(t, stage, () => people.owner(`select app_public.${verb}`, [budget]), 'INVALID_INPUT')
  }
  const own = (await people.owner('select id from app_public.create_budget(10)')).rows[0]!['id']
  t.is(await outcome(people.owner('select app_public.pause_budget($1)', [own])), '1 row', 'one of their own they may')
})

test.serial(
  "A plan's own change reaches everybody who is on it, but not whom something else was agreed with.",
  async t => {
    await stage.admin.query("insert into app_public.plans (name, rank, api_calls) values ('trial', 9, 1)")
    const one = await found(stage, owner, undefined, 'trial')
    const agreed = await found(stage, owner, undefined, 'trial')
    await stage.admin.query("select app_hidden.set_plan_override($1, 'api_calls', 2)", [agreed.id])
    const limits = async () =>
      Promise.all(
        [one, agreed].map(({ id }) =>
          value(stage, "select limit_amount from app_public.budgets where organization_id = $1 and source = 'plan'", [
            id
          ])
        )
      )
    t.deepEqual(await limits(), ['1', '2'])
    await stage.admin.query("update app_public.plans set api_calls = 7 where name = 'trial'")
    t.deepEqual(await limits(), ['7', '2'])
    await one.people.owner(...use('seven', 7))
    await refused(t, stage, () => one.people.owner(...use('eight', 1)), 'BUDGET_EXCEEDED')
  }
)

test.serial('A use that is not committed yet counts against a smaller plan.', async t => {
  const { people } = await found(stage, owner, undefined, 'pro')
  const using = await hold(stage.database, people.owner.is)
  await using.query(...use('open', 1001))
  const changing = await hold(stage.database, people.owner.is)
  const change_ = outcome(changing.query(change, ['free']))
  await waits(stage.database, changing, change_)
  await using.commit()
  t.is(await change_, 'PLAN_TOO_SMALL')
  await changing.rollback()
})

test.serial('A use that waits for a change of plan is judged by the new one.', async t => {
  const { people } = await found(stage, owner, undefined, 'pro')
  const changing = await hold(stage.database, people.owner.is)
  await changing.query(change, ['free'])
  const using = await hold(stage.database, people.owner.is)
  const used = outcome(using.query(...use('late', 1001)))
  await waits(stage.database, using, used)
  await changing.commit()
  t.is(await used, 'BUDGET_EXCEEDED')
  await using.rollback()
})
