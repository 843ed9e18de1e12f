import test from 'ava'
import { books, change, lastMonth, usage, use } from '../../helpers/books.ts'
import { gather, tally } from '../../helpers/crowd.ts'
import { hold, waits } from '../../helpers/held.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)

test.serial('The same request is charged once and answers the same record, however its number is written.', async t => {
  const { id, people } = await found(stage, { member: 'member' }, 10)
  const {
    rows: [first]
  } = await people.member(usage, use('1.5', 'key'))
  for (const cost of ['1.5', '1.50', '1.500000000000', '15e-1']) {
    t.deepEqual((await people.member(usage, use(cost, 'key'))).rows, [first], cost)
  }
  t.deepEqual(await books(stage, id), { records: 1, used: '1.5', spent: '1.5', keys: 1 })
})

test.serial('Another request under the same key is a conflict, whichever value differs.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner' }, 10)
  const {
    rows: [team]
  } = await people.owner("select * from app_public.create_team('Team')")
  const values = {
    idempotency_key: 'key',
    service: 'openai',
    model: 'gpt-5',
    cost: '1',
    currency: 'USD',
    tokens_in: 1,
    tokens_out: 2,
    requests: 1,
    team_id: null as string | null,
    user_id: null as string | null,
    occurred_at: null as string | null
  }
  const call = (changed: Partial<typeof values>) => {
    const body = Object.entries({ ...values, ...changed })
    const list = body.map(([name], index) => `${name} => $${index + 1}`).join(', ')
    return people.owner(
      `select * from app_public.record_usage(${list})`,
      body.map(([, value]) => value)
    )
  }
  await call({})
  for (const changed of [
    { service: 'anthropic' },
    { model: 'gpt-4' },
    { cost: '1.000000000001' },
    { currency: 'EUR' },
    { tokens_in: 2 },
    { tokens_out: 1 },
    { requests: 2 },
    { occurred_at: new Date().toISOString() },
    { team_id: team!['id'] },
    { user_id: ids.owner }
  ]) {
    const error = await refused(t, stage, () => call(changed), 'IDEMPOTENCY_CONFLICT')
    t.is(error.code, 'RG409')
  }
  t.is((await call({})).rowCount, 1)
})

test.serial('Forty who send the same request at once are charged once.', async t => {
  const { id, people } = await found(stage, { member: 'member' }, 1)
  const crowd = await gather(stage.database, 40)
  const results = await crowd.run(people.member.is, (_, turn) =>
    turn < 5 ? [usage, use(1, `key-${turn}`)] : undefined
  )
  t.deepEqual(tally(results), { done: 40, BUDGET_EXCEEDED: 160 })
  t.deepEqual(await books(stage, id), { records: 1, used: '1', spent: '1', keys: 1 })
  const mixed = await crowd.run(people.member.is, (member, turn) =>
    turn < 1 ? [usage, use(member % 2 ? '0.0' : '0.00', 'nothing')] : undefined
  )
  await crowd.close()
  t.deepEqual(tally(mixed), { done: 40 })
  t.is((await books(stage, id)).records, 2)
})

test.serial(
  'A repeated request waits for the first: it is answered from it, or judged itself if the first came to nothing.',
  async t => {
    for (const end of ['commit', 'rollback'] as const) {
      const { id, people } = await found(stage, { member: 'member' }, 10)
      const first = await hold(stage.database, people.member.is)
      const second = await hold(stage.database, people.member.is)
      const {
        rows: [made]
      } = await first.query(usage, use(1, 'key'))
      const late = second.query(usage, use(1, 'key'))
      await waits(stage.database, second, late)
      await first[end]()
      const {
        rows: [again]
      } = await late
      await second.commit()
      if (end === 'commit') t.deepEqual(again, made)
      else t.not(again!['id'], made!['id'])
      t.deepEqual(await books(stage, id), { records: 1, used: '1', spent: '1', keys: 1 })
    }
  }
)

test.serial('A refusal is not remembered: after the limit was raised the same request is charged.', async t => {
  const { id, people } = await found(stage, { owner: 'owner', member: 'member' }, 10)
  await refused(t, stage, () => people.member(usage, use(11, 'key')), 'BUDGET_EXCEEDED')
  await people.owner(change('11'))
  t.is(await outcome(people.member(usage, use(11, 'key'))), '1 row')
  t.is(await outcome(people.member(usage, use(11, 'key'))), '1 row')
  t.deepEqual(await books(stage, id), { records: 1, used: '11', spent: '11', keys: 1 })
  await refused(t, stage, () => people.member(usage, use(12, 'key')), 'IDEMPOTENCY_CONFLICT')
})

test.serial('A key is charged once forever, also when its month is over.', async t => {
  const { id, people } = await found(stage, { member: 'member' }, 10)
  const {
    rows: [first]
  } = await people.member(usage, use(4, 'key'))
  await lastMonth(stage, id)
  const again = (await people.member(usage, use(4, 'key'))).rows[0]!
  t.is(again['id'], first!['id'])
  t.is(await outcome(people.member(usage, use(10))), '1 row', 'the new month has its whole limit')
  await refused(t, stage, () => people.member(usage, use(1)), 'BUDGET_EXCEEDED')
  t.is((await books(stage, id)).spent, '14')
  t.is(await value(stage, 'select count(*)::int from app_public.budget_periods where organization_id = $1', [id]), 2)
})

test.serial('The same key in two organizations is two requests.', async t => {
  const first = await found(stage, { member: 'member' }, 10)
  const second = await found(stage, { member: 'member' }, 10)
  await first.people.member(usage, use(1, 'shared'))
  await second.people.member(usage, use(2, 'shared'))
  t.is((await books(stage, first.id)).spent, '1')
  t.is((await books(stage, second.id)).spent, '2')
})

test.serial('A repeated request shows nobody a record that they may not see.', async t => {
  const { people, id, ids } = await found(stage, { admin: 'admin', member: 'member' }, 10)
  const {
    rows: [first]
  } = await people.admin(usage, use(1, 'key'))
  const seen = await people.member(usage, use(1, 'key')).catch(() => ({ rows: [] }))
  t.false(
    seen.rows.some(row => row['id'] === first!['id']),
    'a colleague'
  )
  const key = await foundKey(stage, id, ids.admin)
  const other = await key.persona(usage, use(1, 'key')).catch(() => ({ rows: [] }))
  t.false(
    other.rows.some(row => row['id'] === first!['id']),
    'a key'
  )
  t.is((await books(stage, id)).records, 1)
})
