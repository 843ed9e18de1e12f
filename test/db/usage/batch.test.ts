import test from 'ava'
import { books } from '../../helpers/books.ts'
import { gather } from '../../helpers/crowd.ts'
import { found } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const batch = 'select * from app_public.record_usage_batch($1)'
const event = (key: string, cost: unknown, more = {}) => ({
  idempotency_key: key,
  service: 'openai',
  model: 'gpt-5',
  cost,
  ...more
})
const send = async (who: Persona, events: unknown[]) =>
  (await who(batch, [JSON.stringify(events)])).rows.map(({ place, status, code }) =>
    [place, status, ...(code ? [code] : [])].join(' ')
  )

test.serial('Each event has its answer, in its place, and those that are refused leave the others alone.', async t => {
  const { id, people } = await found(stage, { member: 'member' }, 10)
  t.deepEqual(
    await send(people.member, [
      event('a', 1),
      event('b', '2.5', { tokens_in: 10 }),
      event('a', '1.0'),
      event('a', 2),
      event('c', 'much'),
      event('d', 1, { model: '' }),
      event('e', 1, { occurred_at: '2000-01-01T00:00:00Z' }),
      event('f', 7),
      event('g', 6.5),
      event('', 1),
      'nothing'
    ]),
    [
      '1 recorded',
      '2 recorded',
      '3 repeated',
      '4 refused IDEMPOTENCY_CONFLICT',
      '5 refused INVALID_INPUT',
      '6 refused INVALID_INPUT',
      '7 refused USAGE_TOO_OLD',
      '8 refused BUDGET_EXCEEDED',
      '9 recorded',
      '10 refused INVALID_INPUT',
      '11 refused INVALID_INPUT'
    ]
  )
  t.deepEqual(await books(stage, id), { records: 3, used: '10', spent: '10', keys: 3 })
})

test.serial('The same event is one event, alone and in a batch, whichever came first.', async t => {
  const { id, people } = await found(stage, { member: 'member' }, 10)
  const alone = (key: string) => people.member("select * from app_public.record_usage($1, 'openai', 'gpt-5', 1)", [key])
  await alone('first')
  t.deepEqual(await send(people.member, [event('first', 1), event('second', 1)]), ['1 repeated', '2 recorded'])
  await alone('second')
  t.deepEqual(await books(stage, id), { records: 2, used: '2', spent: '2', keys: 2 })
})

test.serial('An event that was refused is judged anew when it comes again.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' }, 1)
  t.deepEqual(await send(people.owner, [event('big', 5), event('small', 1)]), [
    '1 refused BUDGET_EXCEEDED',
    '2 recorded'
  ])
  await people.owner('select app_public.update_budget(id, 6) from app_public.budgets')
  t.deepEqual(await send(people.owner, [event('big', 5), event('small', 1)]), ['1 recorded', '2 repeated'])
  t.is((await books(stage, id)).spent, '6')
})

test.serial(
  'Batches that hold the same events in every order meet without a deadlock and are charged once.',
  async t => {
    const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 60)
    await people.owner("select app_public.create_budget(80, unit => 'requests')")
    const crowd = await gather(stage.database, 12)
    const events = Array.from({ length: 100 }, (_, index) => event(`shared-${index}`, 1))
    const shuffled = (seed: number) =>
      events.map((one, index) => [(index * 37 + seed * 61) % 101, one] as const).sort(([a], [b]) => a - b)
    const results = await crowd.run(people.member.is, (member, turn) =>
      turn < 4 ? [batch, [JSON.stringify(shuffled(member * 4 + turn).map(([, one]) => one))]] : undefined
    )
    await crowd.close()
    t.deepEqual([...new Set(results.map(({ answer }) => answer))], ['done'])
    const { rows } = await stage.admin.query(
      `select unit, trim_scale(sum(settled))::text as settled from app_public.budget_shards
       join app_public.budgets on budgets.id = budget_id where budgets.organization_id = $1 group by 1 order by 1`,
      [id]
    )
    t.deepEqual(rows, [
      { unit: 'money', settled: '60' },
      { unit: 'requests', settled: '60' }
    ])
    t.is(await value(stage, 'select count(*)::int from app_public.usage_records where organization_id = $1', [id]), 60)
  }
)
