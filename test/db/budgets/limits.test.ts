import test from 'ava'
import { books, usage, use } from '../../helpers/books.ts'
import { found } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { amounts, currencies } from '../../helpers/verbs.ts'

const stage = openStage(test)
const set = (values: string) => `select * from app_public.set_budget(${values})`

test.serial(
  'A refusal says which rule, on which level, what it stands at, when it resets, and who can raise it.',
  async t => {
    const { people } = await found(stage, { owner: 'owner', member: 'member' }, 10)
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
      limit: '10',
      used: '9.5',
      held: '0',
      requested: '0.500000000001',
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
  await people.owner(set("status => 'paused'"))
  await people.owner(usage, use(15))
  t.is((await books(stage, id)).spent, '15')
  await people.owner(set("status => 'active'"))
  await refused(t, stage, () => people.owner(usage, use('0.01')), 'BUDGET_EXCEEDED')
  await people.owner(set('16'))
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
    } = await people.owner(set('5'))
    t.like(budget, { monthly_limit: '5', alert_threshold: 80, currency: 'USD', status: 'active', limit_version: 2 })
    await refused(t, stage, () => people.owner(usage, use('0.01')), 'BUDGET_EXCEEDED')
    t.like((await people.owner(set('alert_threshold => 50'))).rows[0], { monthly_limit: '5', limit_version: 3 })
    t.like((await people.owner(set(''))).rows[0], { monthly_limit: '5', alert_threshold: 50, limit_version: 3 })
    t.is((await books(stage, id)).spent, '8')
  }
)

test.serial('The currency can change until something is spent, and a cost in another one is refused.', async t => {
  const { people } = await found(stage, { owner: 'owner' }, 10)
  for (const [currency, words] of currencies('budgets_currency_form')) {
    await refused(t, stage, () => people.owner('select app_public.set_budget(currency => $1)', [currency]), words)
  }
  await people.owner(set("currency => 'EUR'"))
  const error = await refused(t, stage, () => people.owner(usage, use(1)), 'CURRENCY_MISMATCH')
  t.like(detail(error), { budget_currency: 'EUR', currency: 'USD' })
  await people.owner("select app_public.record_usage('euro', 'openai', 'gpt-5', 1, 'EUR')")
  await refused(t, stage, () => people.owner(set("currency => 'USD'")), 'INVALID_INPUT')
  t.is(await outcome(people.owner(set("12, currency => 'EUR'"))), '1 row')
})

test.serial('The first budget needs a limit, and refuses the same values as a change.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  await refused(t, stage, () => people.owner(set('')), 'INVALID_INPUT')
  for (const [limit, words] of amounts('budgets_monthly_limit_range')) {
    await refused(t, stage, () => people.owner('select app_public.set_budget($1)', [limit]), words)
  }
  await people.owner(set('25'))
  t.is(await value(stage, 'select spent::text from app_public.budget_periods where organization_id = $1', [id]), '0')
})

test.serial('A first budget starts with what its month has already cost.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  await people.owner(usage, use(30))
  await people.owner(set('40'))
  t.deepEqual(await books(stage, id), { records: 1, used: '30', spent: '30', keys: 1 })
  await refused(t, stage, () => people.owner(usage, use(11)), 'BUDGET_EXCEEDED')
  t.is(await outcome(people.owner(usage, use(10))), '1 row')
})

test.serial('Amounts are kept exactly, and without zeros that mean nothing.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  const zeros = '0'.repeat(500)
  await people.owner('select app_public.set_budget($1)', [`999999999999.999999999999${zeros}`])
  await people.owner(usage, use(`0.000000000001${zeros}`))
  await people.owner(usage, use(`999999999999.9${zeros}`))
  const texts = await stage.admin.query(
    `select cost::text as amount from app_public.usage_records where organization_id = $1
     union all select spent::text from app_public.budget_periods where organization_id = $1
     union all select monthly_limit::text from app_public.budgets where organization_id = $1 order by 1`,
    [id]
  )
  t.deepEqual(
    texts.rows.map(({ amount }) => amount),
    ['0.000000000001', '999999999999.9', '999999999999.900000000001', '999999999999.999999999999']
  )
})

test.serial('What is spent and when it resets are shown to whoever sees the budget, and of no other one.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 10)
  const mine = await found(stage, { owner: 'owner' }, 20)
  await people.owner(usage, use('2.5'))
  const figures = `select app_public.budgets_current_spend(b)::text as spent, app_public.budgets_resets_at(b) as resets
    from app_public.budgets as b`
  const { rows } = await people.owner(figures)
  t.is(rows[0]!['spent'], '2.5')
  t.true(rows[0]!['resets'] > new Date())
  t.is(rows[0]!['resets'].getUTCDate(), 1)
  // A row can be made up in SQL; the months behind it are still asked for under the caller's policies.
  const budgetId = await value(stage, 'select id from app_public.budgets where organization_id = $1', [id])
  const forged = await mine.people.owner(
    `select app_public.budgets_current_spend((select b from (select $1::uuid as id, $2::uuid as organization_id,
       1::numeric, 1, 'USD', 'active', 1, now(), now()) as b)::text::app_public.budgets)::text as spent`,
    [budgetId, id]
  )
  t.is(forged.rows[0]!['spent'], '0')
})

test.serial('A budget that changes to a currency in which something was recorded before counts that.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  await people.owner("select app_public.record_usage('euro', 'openai', 'gpt-5', 90, 'EUR')")
  await people.owner(set('100'))
  await people.owner(set("currency => 'EUR'"))
  t.is(
    await value(stage, 'select trim_scale(spent)::text from app_public.budget_periods where organization_id = $1', [
      id
    ]),
    '90'
  )
  const more = "select app_public.record_usage('more', 'openai', 'gpt-5', 11, 'EUR')"
  await refused(t, stage, () => people.owner(more), 'BUDGET_EXCEEDED')
})
