import test from 'ava'
import { books, lastMonth, use } from '../../helpers/books.ts'
import { gather, tally } from '../../helpers/crowd.ts'
import { found } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const authorize = 'select * from app_public.authorize_usage($1, $2, $3, $4)'
const settle = 'select * from app_public.settle_usage($1, $2)'
const release = 'select * from app_public.release_usage($1)'
const record = 'select * from app_public.record_usage($1, $2, $3, $4)'
const hold = async (who: Persona, cost: number | string) => (await who(authorize, use(cost))).rows[0]!['id'] as string
const figures = async (who: Persona) => {
  const { settled, held, remaining } = (await who('select * from app_public.budget_status()')).rows[0]!
  return [settled, held, remaining].join(' ')
}
/** What a clock would do. */
const expire = async (holdId: string) => {
  for (const table of ['app_public.usage_holds', 'app_private.hold_lines']) {
    const column = table.endsWith('lines') ? 'hold_id' : 'id'
    await stage.admin.query(`update ${table} set expires_at = now() - interval '1 second' where ${column} = $1`, [
      holdId
    ])
  }
}
const overruns = async (id: string) =>
  (
    await stage.admin.query(
      'select reason, trim_scale(amount)::text as amount from app_public.budget_overruns where organization_id = $1',
      [id]
    )
  ).rows

test.serial('A hold keeps its estimate free; settling books the true cost, and releasing gives it back.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 10)
  const first = await hold(people.owner, 6)
  t.is(await figures(people.owner), '0 6 4')
  t.like(detail(await refused(t, stage, () => people.owner(record, use(5)), 'BUDGET_EXCEEDED')), {
    held: '6',
    used: '0'
  })
  await refused(t, stage, () => people.owner(authorize, use(5)), 'BUDGET_EXCEEDED')
  const second = await hold(people.owner, 4)
  await people.owner(settle, [first, '5.5'])
  t.is(await figures(people.owner), '5.5 4 0.5')
  await people.owner(release, [second])
  t.is(await figures(people.owner), '5.5 0 4.5')
  t.is(await outcome(people.owner(record, use('4.5'))), '1 row')
  t.deepEqual(await overruns(id), [])
})

test.serial(
  'The same authorization is one hold; a settlement is booked once, and what is closed stays closed.',
  async t => {
    const { people, id } = await found(stage, { owner: 'owner' }, 10)
    const values = use(6)
    const [first] = (await people.owner(authorize, values)).rows
    t.deepEqual((await people.owner(authorize, values)).rows, [first])
    await refused(t, stage, () => people.owner(authorize, use(7, values[0] as string)), 'IDEMPOTENCY_CONFLICT')
    await refused(t, stage, () => people.owner(record, values), 'IDEMPOTENCY_CONFLICT')
    const [booked] = (await people.owner(settle, [first!['id'], 5])).rows
    t.deepEqual((await people.owner(settle, [first!['id'], '5.0'])).rows, [booked])
    await refused(t, stage, () => people.owner(settle, [first!['id'], 4]), 'HOLD_CLOSED')
    await refused(t, stage, () => people.owner(release, [first!['id']]), 'HOLD_CLOSED')
    const second = await hold(people.owner, 1)
    await people.owner(release, [second])
    t.is(await outcome(people.owner(release, [second])), '1 row')
    await refused(t, stage, () => people.owner(settle, [second, 1]), 'HOLD_CLOSED')
    t.like(await books(stage, id), { records: 1, used: '5', spent: '5' })
  }
)

test.serial('A hold expires by itself: its room is free for others, and settling it still books.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 10)
  const late = await hold(people.owner, 8)
  await refused(t, stage, () => people.owner(record, use(3)), 'BUDGET_EXCEEDED')
  await expire(late)
  t.is(await figures(people.owner), '0 0 10')
  t.is(await outcome(people.owner(record, use(7))), '1 row')
  t.is(await figures(people.owner), '7 0 3')
  await people.owner(settle, [late, 8])
  t.is(await figures(people.owner), '15 0 0')
  t.deepEqual(await overruns(id), [{ reason: 'expired_hold', amount: '5' }])
  await refused(t, stage, () => people.owner(record, use('0.01')), 'BUDGET_EXCEEDED')

  const other = await found(stage, { owner: 'owner' }, 10)
  const unswept = await hold(other.people.owner, 8)
  await expire(unswept)
  await other.people.owner(settle, [unswept, 8])
  t.is(await figures(other.people.owner), '8 0 2', 'its line was still counted, and is not twice')
  const released = await hold(other.people.owner, 2)
  await expire(released)
  await other.people.owner(release, [released])
  t.is(await figures(other.people.owner), '8 0 2')
  t.is(await outcome(other.people.owner(record, use(2))), '1 row')
})

test.serial(
  'What it cost above the hold is booked and named, on the record and where it exceeds the limit.',
  async t => {
    const { people, id } = await found(stage, { owner: 'owner' }, 10)
    const first = await hold(people.owner, 2)
    t.is((await people.owner(settle, [first, 5])).rows[0]!['overrun'], '3')
    t.deepEqual(await overruns(id), [], 'it fitted all the same')
    const second = await hold(people.owner, 5)
    await people.owner(settle, [second, 9])
    t.deepEqual(await overruns(id), [{ reason: 'above_hold', amount: '4' }])
    const third = await people.owner(record, use('0.01')).catch(() => undefined)
    t.is(third, undefined)
  }
)

test.serial('Above the limit a release gives nobody room that is not there.', async t => {
  const { people } = await found(stage, { owner: 'owner' }, 10)
  const [small, big] = [await hold(people.owner, 1), await hold(people.owner, 4)]
  await people.owner(settle, [big, 12])
  t.is(await figures(people.owner), '12 1 0')
  await people.owner(release, [small])
  t.is(await figures(people.owner), '12 0 0')
  await refused(t, stage, () => people.owner(record, use('0.5')), 'BUDGET_EXCEEDED')
})

test.serial('Alerts count what is settled: a hold crosses nothing, its settlement does.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 100)
  const count = () =>
    value(stage, 'select count(*)::int from app_public.budget_alerts where organization_id = $1', [id])
  const [first, second] = [await hold(people.owner, 79), await hold(people.owner, 20)]
  t.is(await count(), 0)
  await people.owner(settle, [first, 79])
  t.is(await count(), 0)
  await people.owner(settle, [second, 1])
  t.is(await count(), 1)
})

test.serial('A hold is its maker’s: nobody else ends it but whoever records for everybody.', async t => {
  const { people } = await found(stage, { owner: 'owner', member: 'member', second: 'member' }, 10)
  const mine = await hold(people.member, 1)
  await refused(t, stage, () => people.second(settle, [mine, 1]), 'NOT_FOUND')
  await refused(t, stage, () => people.second(release, [mine]), 'NOT_FOUND')
  t.is(await outcome(people.owner(settle, [mine, 1])), '1 row')
})

test.serial('Forty who authorize, settle and release at once leave the books exact and nothing held.', async t => {
  const { people, id } = await found(stage, { owner: 'owner', member: 'member' }, 20)
  const crowd = await gather(stage.database, 40)
  const end = (turn: number) =>
    turn % 3 === 0
      ? 'select app_public.release_usage(id) from app_public.usage_holds where service = $1'
      : `select app_public.settle_usage(id, ${turn % 3 === 1 ? '0.07' : '0.1'}) from app_public.usage_holds where service = $1`
  const results = await crowd.run(people.member.is, (member, turn) => {
    const name = `${member}-${turn >> 1}`
    if (turn >= 20) return undefined
    return turn % 2 ? [end(turn >> 1), [name]] : ["select app_public.authorize_usage($1, $1, 'gpt-5', 0.1)", [name]]
  })
  await crowd.close()
  const answers = tally(results)
  t.deepEqual(
    Object.keys(answers).filter(answer => !['done', 'BUDGET_EXCEEDED'].includes(answer)),
    []
  )
  const { used, spent } = await books(stage, id)
  t.is(used, spent)
  const held = await value(
    stage,
    'select trim_scale(sum(held))::text from app_public.budget_shards where organization_id = $1',
    [id]
  )
  t.is(held, '0')
})

test.serial(
  'What comes late is booked in the period in which it occurred, and is never refused for being late.',
  async t => {
    const { people, id } = await found(stage, { owner: 'owner' }, 10)
    await people.owner(record, use(8))
    await lastMonth(stage, id)
    const before = await value<Date>(stage, "select date_trunc('month', now()) - interval '1 hour'")
    const late = 'select app_public.record_usage($1, $2, $3, $4, occurred_at => $5)'
    await people.owner(late, [...use(5), before])
    t.deepEqual(await overruns(id), [{ reason: 'late', amount: '3' }])
    t.is(await outcome(people.owner(record, use(10))), '1 row', 'this month has its whole limit')
    t.is((await books(stage, id)).spent, '23')
    const tooLate = await value<Date>(stage, "select now() - interval '25 months'")
    await refused(t, stage, () => people.owner(late, [...use(1), tooLate]), 'USAGE_TOO_OLD')
  }
)

test.serial('A correction books the difference, in the period of what it corrects, up or down.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 10)
  const [wrong] = (await people.owner(record, use(8))).rows
  const correct = 'select * from app_public.correct_usage($1, $2, $3)'
  t.is((await people.owner(correct, [wrong!['id'], 'c1', 5])).rows[0]!['cost'], '-3')
  t.is((await people.owner(correct, [wrong!['id'], 'c1', 5])).rows[0]!['cost'], '-3', 'the same correction is one')
  t.deepEqual([(await books(stage, id)).used, (await books(stage, id)).spent], ['5', '5'])
  t.is((await people.owner(correct, [wrong!['id'], 'c2', 12])).rows[0]!['cost'], '7')
  t.deepEqual(await overruns(id), [{ reason: 'correction', amount: '2' }])
  t.deepEqual([(await books(stage, id)).used, (await books(stage, id)).spent], ['12', '12'])
})

test.serial('explain_charge judges as authorize_usage does.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', member: 'member' }, 10)
  await people.owner('select app_public.create_budget(6, user_id => $1)', [ids.member])
  await people.owner("select app_public.create_budget(3, unit => 'requests', policy => 'grace', grace_percent => 50)")
  const seen = new Set<string>()
  for (let index = 0; index < 60; index++) {
    const who = index % 2 ? people.member : people.owner
    const cost = ((index * 7919) % 700) / 100
    const requests = 1 + ((index * 104729) % 4)
    const explained = await who("select * from app_public.explain_charge('openai', 'gpt-5', $1, requests => $2)", [
      cost,
      requests
    ])
    const fits = explained.rows.every(row => row['fits'])
    const answer = await outcome(
      who.attempt("select * from app_public.authorize_usage($1, 'openai', 'gpt-5', $2, requests => $3)", [
        `e${index}`,
        cost,
        requests
      ])
    )
    t.is(answer, fits ? '1 row' : 'BUDGET_EXCEEDED', `${cost} and ${requests}`)
    seen.add(answer)
    if (index % 9 === 0) await who(record, use('0.4')).catch(() => {})
  }
  t.is(seen.size, 2, 'both happened')
})

test.serial('Without a price authorize refuses, record stores and tells once, and a price later books it.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 10)
  const without = "select * from app_public.record_usage($1, 'acme', 'new', tokens_in => 5)"
  await refused(t, stage, () => people.owner("select app_public.authorize_usage('a', 'acme', 'new')"), 'PRICE_UNKNOWN')
  t.like((await people.owner(without, ['u1'])).rows[0]!, { pricing: 'unpriced', cost: null, charged: null })
  await people.owner(without, ['u2'])
  t.is(
    await value(
      stage,
      "select count(*)::int from graphile_worker.jobs where task_identifier = 'alerts/mail' and key like $1 || ':%'",
      [id]
    ),
    1
  )
  await people.owner('select app_public.update_metering(strict_pricing => true)')
  await refused(t, stage, () => people.owner(without, ['u3']), 'PRICE_UNKNOWN')
})

test.serial('A change of time zone counts from the next period, and no two periods overlap.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, 10)
  await people.owner(record, use(8))
  await people.owner("select app_public.update_metering(time_zone => 'Asia/Tokyo')")
  await refused(t, stage, () => people.owner(record, use(3)), 'BUDGET_EXCEEDED')
  await stage.admin.query(
    `select app_hidden.open_period(organization_id, id, now() + interval '1 month') from app_public.budgets where organization_id = $1`,
    [id]
  )
  const { rows } = await stage.admin.query(
    'select starts_at, ends_at from app_public.budget_periods where organization_id = $1 order by 1',
    [id]
  )
  t.is(rows.length, 2)
  t.deepEqual(rows[1].starts_at, rows[0].ends_at)
  t.is(rows[0].ends_at.getUTCHours(), 0, 'ended by the old clocks')
  t.is(rows[1].ends_at.getUTCHours(), 15, 'ends by the new ones')
})
