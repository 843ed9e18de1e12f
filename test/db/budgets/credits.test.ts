import test from 'ava'
import { usage, use } from '../../helpers/books.ts'
import { hold, waits } from '../../helpers/held.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const grant = 'select * from app_public.grant_credit($1, $2)'
const authorize = "select * from app_public.authorize_usage($1, 'openai', 'gpt-5', $2)"
const settle = 'select * from app_public.settle_usage($1, $2)'
const correct = 'select * from app_public.correct_usage($1, $2, cost => $3)'

/** A pool of so much, a member with a credit of so much, and who pays first. */
async function scene(pool: number, credit: number, order = 'personal_first') {
  const organization = await found(stage, { owner: 'owner', member: 'member' })
  const { owner } = organization.people
  await owner('select app_public.create_budget($1)', [pool])
  await owner('select app_public.update_metering(credit_order => $1)', [order])
  await owner(grant, [organization.ids.member, credit])
  return { ...organization, ...organization.people }
}
/** What the pool and the credit have settled and hold. */
async function stand(owner: Persona) {
  const { rows } = await owner(
    `select kind, settled::text, held::text from app_public.budget_status() as state join app_public.budgets on id = state.budget_id
     where unit = 'money' order by kind desc`
  )
  return rows.map(({ settled, held }) => (held === '0' ? settled : `${settled} and ${held} held`))
}
const paidBy = async (as: Persona, id: string) =>
  (
    await as(
      'select app_public.usage_records_paid_by(usage) as by from app_public.usage_records as usage where id = $1',
      [id]
    )
  ).rows[0]!['by']
const one = async (as: Persona, sql: string, values: unknown[]) => (await as(sql, values)).rows[0]!

test.serial('The credit pays first, whole uses only, and the organization what does not fit there.', async t => {
  const { owner, member } = await scene(20, 10)
  const first = await one(member, usage, use(7))
  t.deepEqual(await stand(owner), ['0', '7'])
  const second = await one(member, usage, use(4))
  t.deepEqual(await stand(owner), ['4', '7'], 'not split')
  await member(usage, use(3))
  t.deepEqual(await stand(owner), ['4', '10'], 'what fits exactly')
  t.deepEqual([await paidBy(member, first['id']), await paidBy(member, second['id'])], ['credit', 'organization'])
  const error = await refused(t, stage, () => member(usage, use('16.000000000001')), 'BUDGET_EXCEEDED')
  t.like(detail(error), { level: 'organization', limit: '20', used: '4' }, 'the source that was asked last')
  await member(usage, use(16))
  t.deepEqual(await stand(owner), ['20', '10'])
})

test.serial('The organization pays first where it says so, and the credit what does not fit there.', async t => {
  const { owner, member } = await scene(10, 10, 'organization_first')
  await member(usage, use(7))
  await member(usage, use(4))
  t.deepEqual(await stand(owner), ['7', '4'])
  const error = await refused(t, stage, () => member(usage, use('6.1')), 'BUDGET_EXCEEDED')
  t.like(detail(error), { level: 'member', limit: '10', used: '4' })
  await owner("select app_public.update_metering(credit_order => 'personal_first')")
  await member(usage, use(3))
  t.deepEqual(await stand(owner), ['7', '7'], 'another order counts at once')
})

test.serial(
  'A credit pays in the place of all budgets in money, and what counts requests counts every use.',
  async t => {
    const { owner, member, ids, id } = await scene(20, 10)
    const team = (await one(owner, "select id from app_public.create_team('T')", []))['id']
    await owner('select app_public.create_budget(5, team_id => $1)', [team])
    await owner('select app_public.create_budget(5, user_id => $1)', [ids.member])
    await owner("select app_public.create_budget(3, unit => 'requests')")
    const key = await foundKey(stage, id, ids.owner, team)
    const forMember = "select * from app_public.record_usage($1, 's', 'm', $2, user_id => $3)"
    await key.persona(forMember, ['a', 10, ids.member])
    t.deepEqual(await stand(owner), ['0', '0', '0', '10'])
    await key.persona(forMember, ['b', 2, ids.member])
    t.deepEqual(await stand(owner), ['2', '2', '2', '10'])
    await owner(usage, use(1))
    const error = await refused(t, stage, () => member(usage, use('0.1')), 'BUDGET_EXCEEDED')
    t.like(detail(error), { unit: 'requests', used: '3' }, 'also what the credit paid')
  }
)

test.serial("Somebody else's use is not paid by a credit.", async t => {
  const { owner } = await scene(5, 10)
  await refused(t, stage, () => owner(usage, use(6)), 'BUDGET_EXCEEDED')
  await owner(usage, use(5))
  t.deepEqual(await stand(owner), ['5', '0'])
})

test.serial('A hold is kept by one source, and settled, released and corrected there.', async t => {
  const { owner, member } = await scene(20, 10)
  const big = await one(member, authorize, ['a', 8])
  const other = await one(member, authorize, ['b', 4])
  t.deepEqual(await stand(owner), ['0 and 4 held', '0 and 8 held'])
  const settled = await one(member, settle, [big['id'], 9])
  t.is(settled['overrun'], '1')
  t.deepEqual(await stand(owner), ['0 and 4 held', '9'], 'above the hold, from the same source')
  await member('select app_public.release_usage($1)', [other['id']])
  t.deepEqual(await stand(owner), ['0', '9'])
  await one(owner, correct, [settled['id'], 'less', 2])
  t.deepEqual(await stand(owner), ['0', '2'], 'a refund goes back to who paid')
  const pool = await one(member, usage, use(12))
  await one(owner, correct, [pool['id'], 'more', 15])
  t.deepEqual(await stand(owner), ['15', '2'])
})

test.serial(
  'A budget that comes later counts what the organization has paid, and a credit nothing from before.',
  async t => {
    const { owner, member, ids } = await scene(20, 10)
    await member(usage, use(10))
    await member(usage, use(6))
    await owner("select app_public.create_budget(100, period => 'week')")
    t.deepEqual((await stand(owner)).sort(), ['10', '6', '6'])
    await owner(usage, use(1))
    await owner(grant, [ids.owner, 50])
    t.deepEqual((await stand(owner)).sort(), ['0', '10', '7', '7'])
    await owner(usage, use(2))
    t.deepEqual((await stand(owner)).sort(), ['10', '2', '7', '7'])
  }
)

test.serial('Alone or in a batch, a use is paid by the same source.', async t => {
  const { owner, member } = await scene(20, 10)
  const events = [7, 4, 3, 20].map((cost, n) => ({ idempotency_key: `${n}`, service: 's', model: 'm', cost }))
  const { rows } = await member('select status from app_public.record_usage_batch($1)', [JSON.stringify(events)])
  t.deepEqual(
    rows.map(({ status }) => status),
    ['recorded', 'recorded', 'recorded', 'refused']
  )
  t.deepEqual(await stand(owner), ['4', '10'])
})

test.serial('What has no price is paid by the organization once it has one.', async t => {
  const { owner, member } = await scene(20, 10)
  await member("select app_public.record_usage('a', 'acme', 'new', tokens_in => 2)")
  await owner(
    "select app_public.set_model_price('acme', 'new', 'USD', input_token => 3, effective_from => '2000-01-01T00:00Z')"
  )
  await owner("select app_public.reprice_usage('acme', 'new')")
  t.deepEqual(await stand(owner), ['6', '0'])
})

test.serial('A grant adds to a credit, with its history; a credit is never paused or made to allow more.', async t => {
  const { owner, member, ids } = await scene(0, 10)
  await member(usage, use(10))
  await refused(t, stage, () => member(usage, use(1)), 'BUDGET_EXCEEDED')
  const { id, limit_amount } = await one(owner, grant, [ids.member, 5])
  t.is(limit_amount, '15')
  t.is(await outcome(member(usage, use(5))), '1 row')
  t.is(
    (await owner("select from app_public.budget_changes where budget_id = $1 and action = 'updated'", [id])).rowCount,
    1
  )
  await refused(t, stage, () => owner('select app_public.pause_budget($1)', [id]), 'budgets_credit_form')
  const allow = "select app_public.update_budget($1, policy => 'allow')"
  await refused(t, stage, () => owner(allow, [id]), 'budgets_credit_form')
  await refused(t, stage, () => owner("select app_public.grant_credit($1, 1, 'EUR')", [ids.member]), 'INVALID_INPUT')
})

test.serial('Two who want the last of a credit: one has it, the other is paid for by the organization.', async t => {
  const { owner, member } = await scene(20, 10)
  await member(usage, use(1))
  const a = await hold(stage.database, member.is)
  const b = await hold(stage.database, member.is)
  await a.query(usage, use(6))
  const second = outcome(b.query(usage, use(6)))
  await waits(stage.database, b, second)
  await a.commit()
  t.is(await second, '1 row')
  await b.commit()
  t.deepEqual(await stand(owner), ['6', '7'])
})

test.serial('explain_charge says which source would pay.', async t => {
  const { owner, member } = await scene(20, 10)
  const explain = async (cost: number) =>
    (
      await member("select kind, charged, fits from app_public.explain_charge('s', 'm', $1) order by kind", [cost])
    ).rows.map(({ kind, charged, fits }) => [kind, charged, fits])
  t.deepEqual(await explain(10), [
    ['credit', true, true],
    ['limit', false, true]
  ])
  t.deepEqual(await explain(15), [
    ['credit', false, false],
    ['limit', true, true]
  ])
  t.deepEqual(await explain(25), [
    ['credit', false, false],
    ['limit', true, false]
  ])
  t.deepEqual(await stand(owner), ['0', '0'])
})

test.serial('Allocations add up the caps below each budget, each branch once, and say what is too much.', async t => {
  const { owner, ids } = await scene(100, 10)
  const team = async (name: string, above: string | null) =>
    (await one(owner, 'select id from app_public.create_team($1, $2)', [name, above]))['id']
  const top = await team('Top', null)
  const below = await team('Below', top)
  const bare = await team('Bare', null)
  const under = await team('Under', bare)
  for (const [limit, column, id] of [
    [50, 'team_id', top],
    [40, 'team_id', below],
    [30, 'team_id', under],
    [25, 'user_id', ids.member]
  ]) {
    await owner(`select app_public.create_budget($1, ${column} => $2)`, [limit, id])
  }
  await owner("select app_public.create_budget(9, team_id => $1, period => 'day')", [top])
  const { rows } = await owner(
    `select level, limit_amount, to_teams, to_members, unallocated, oversubscribed from app_public.allocations()`
  )
  t.deepEqual(
    rows.map(row => Object.values(row)),
    [
      ['organization', '100', '80', '25', '0', '5'],
      ['team', '50', '40', '0', '10', '0'],
      ['team', '40', '0', '0', '40', '0'],
      ['team', '30', '0', '0', '30', '0'],
      ['team', '9', '0', '0', '9', '0']
    ]
  )
})
