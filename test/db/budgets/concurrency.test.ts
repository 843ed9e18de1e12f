import test from 'ava'
import { books, change, usage, use } from '../../helpers/books.ts'
import { gather, tally, type Crowd } from '../../helpers/crowd.ts'
import { crowdWaits, hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { outcome } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const size = 40
let crowd: Crowd

test.serial.before(async () => {
  crowd = await gather(stage.database, size)
})
test.after.always(() => crowd?.close())

test.serial('Forty at once fill a budget to the last cent, and neither one too many nor one too few.', async t => {
  const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 10)
  const results = await crowd.run(people.member.is, (member, turn) =>
    turn < 30 ? [usage, use('0.01', `${member}-${turn}`)] : undefined
  )
  t.deepEqual(tally(results), { done: 1000, BUDGET_EXCEEDED: 200 })
  t.deepEqual(await books(stage, id), { records: 1000, used: '10', spent: '10', keys: 1000 })
})

test.serial(
  'With costs of every size the books agree, stay below the limit, and what was refused did not fit.',
  async t => {
    const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, '7.000000000001')
    const cost = (member: number, turn: number) =>
      `0.${String(1 + ((member * 7919 + turn * 104729) % 300)).padStart(3, '0')}`
    const results = await crowd.run(people.member.is, (member, turn) =>
      turn < 12 ? [usage, use(cost(member, turn), `${member}-${turn}`)] : undefined
    )
    const { used, spent, records, keys } = await books(stage, id)
    t.is(used, spent)
    t.true(Number(spent) <= 7.000000000001)
    t.is(records, keys)
    t.is(tally(results)['done'], records)
    // Spending only grows, so what is free in the end was free at every refusal.
    const rest = 7.000000000001 - Number(spent)
    const refusals = results.filter(({ answer }) => answer !== 'done').map(({ values }) => Number(values[3]))
    t.true(refusals.length > 0 && Math.min(...refusals) > rest)
    if (rest >= 0.001) t.is(await outcome(people.member(usage, use((rest - 0.0001).toFixed(4)))), '1 row')
    t.is(await outcome(people.member(usage, use((rest + 0.0001).toFixed(4)))), 'BUDGET_EXCEEDED')
  }
)

test.serial('The first of a month who come at once open it once, and all of them are counted.', async t => {
  // Several times, because who meets whom where is up to chance.
  for (let round = 0; round < 10; round++) {
    const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 30)
    // They meet at the door: the budget's row is held until all of them wait for it.
    const gate = await stage.admin.connect()
    await gate.query('begin')
    await gate.query('select from app_public.budgets where organization_id = $1 for update', [id])
    const results = crowd.run(people.member.is, (member, turn) => (turn < 1 ? [usage, use(1, `${member}`)] : undefined))
    await crowdWaits(stage.database, size, results)
    await gate.query('commit')
    gate.release()
    t.deepEqual(tally(await results), { done: 30, BUDGET_EXCEEDED: 10 })
    t.deepEqual(await books(stage, id), { records: 30, used: '30', spent: '30', keys: 30 })
    t.is(await value(stage, 'select count(*)::int from app_public.budget_periods where organization_id = $1', [id]), 1)
  }
})

test.serial(
  'A limit counts from the commit of its change: before, the old one decides, and whoever meets both waits.',
  async t => {
    const { people } = await found(stage, { owner: 'owner', member: 'member' }, 10)
    await people.member(usage, use(5))
    const owner = await hold(stage.database, people.owner.is)
    await owner.query(change('20'))
    t.is(await outcome(people.member(usage, use(10))), 'BUDGET_EXCEEDED', 'a raise that is not committed is none')
    const member = await hold(stage.database, people.member.is)
    const late = outcome(member.query(usage, use(4)))
    await waits(stage.database, member, late)
    await owner.commit()
    t.is(await late, '1 row')
    await member.commit()
    t.is(await outcome(people.member(usage, use(10))), '1 row')

    const again = await hold(stage.database, people.owner.is)
    await again.query(change('19'))
    const small = await hold(stage.database, people.member.is)
    const lowered = outcome(small.query(usage, use(1)))
    await waits(stage.database, small, lowered)
    await again.commit()
    t.is(await lowered, 'BUDGET_EXCEEDED', 'it fitted the old limit, and the new one is in force when it is judged')
    await small.rollback()
  }
)

test.serial(
  'A limit that is changed while forty spend ends as the last one who changed it said, and the books agree.',
  async t => {
    const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 4)
    const limits = [6, 3, 8, 5]
    const [results] = await Promise.all([
      crowd.run(people.member.is, (member, turn) =>
        turn < 20 ? [usage, use('0.02', `${member}-${turn}`)] : undefined
      ),
      (async () => {
        for (const limit of limits) await people.owner(change(String(limit)))
      })()
    ])
    t.deepEqual(Object.keys(tally(results)).sort(), ['BUDGET_EXCEEDED', 'done'], 'no deadlock, nothing else')
    const { used, spent, records } = await books(stage, id)
    t.is(used, spent)
    t.is(records, tally(results)['done'] ?? 0)
    t.true(Number(spent) <= Math.max(4, ...limits))
    const period = 'select trim_scale(limit_amount)::text from app_public.budget_periods where organization_id = $1'
    t.is(await value(stage, period, [id]), '5')
  }
)

test.serial('A first budget that is set while somebody records without one misses none of it.', async t => {
  const { id, people } = await found(stage, { owner: 'owner', member: 'member' })
  const member = await hold(stage.database, people.member.is)
  await member.query(usage, use(7))
  const owner = await hold(stage.database, people.owner.is)
  const late = outcome(owner.query('select app_public.create_budget(10)'))
  await waits(stage.database, owner, late)
  await member.commit()
  t.is(await late, '1 row')
  await owner.commit()
  t.is(await outcome(people.member(usage, use(4))), 'BUDGET_EXCEEDED')
  t.is(await outcome(people.member(usage, use(3))), '1 row')
  t.deepEqual(await books(stage, id), { records: 2, used: '10', spent: '10', keys: 2 })
})
