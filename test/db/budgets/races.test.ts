import test from 'ava'
import { books, budgetOf, pause, resume, usage, use } from '../../helpers/books.ts'
import { hold, waits, type Held } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const owner = { owner: 'owner' } as const

/** An organization with a budget of 10, and so many requests that stay open until they are told to end. */
async function scene(count: number) {
  const organization = await found(stage, owner, 10)
  const { people } = organization
  const held = await Promise.all(Array.from({ length: count }, () => hold(stage.database, people.owner.is)))
  // A login waits for 2 seconds at most, and a statement takes 10.
  await Promise.all(
    held.map(({ query }) => query("set local lock_timeout = '30s'; set local statement_timeout = '30s'"))
  )
  return { ...organization, owner: people.owner, held: held as [Held, Held, Held, Held] }
}

/** Begins, and answers as soon as it waits for somebody: what comes of it then is still to be awaited. */
async function begin(request: Held, sql: string, values: unknown[] = []): Promise<{ ended: Promise<string> }> {
  const ended = outcome(request.query(sql, values))
  await waits(stage.database, request, ended)
  return { ended }
}

/** Resolves when the database's clock has passed a moment, given as text: a Date is up to a millisecond earlier. */
async function passes(moment: string): Promise<void> {
  while (!(await value<boolean>(stage, 'select clock_timestamp() > $1', [moment]))) continue
}

test.serial(
  'A use that waits while a raise ends is judged without it, and what was admitted in time stays.',
  async t => {
    const { id, owner, held } = await scene(3)
    const budget = await budgetOf(stage, id)
    const { rows } = await owner(
      'select expires_at::text from app_public.raise_budget($1, 5, clock_timestamp() + $2::interval)',
      [budget, '2 seconds']
    )
    const [open, pausing, late] = held
    await open.query(usage, use(11))
    // Its holding the period sends the third to wait for a part: with room for 4 as long as the raise lasts.
    const paused = await begin(pausing, pause)
    const { ended } = await begin(late, usage, use(4))
    await passes(rows[0]!['expires_at'])
    await open.commit()
    t.is(await paused.ended, '1 row')
    await pausing.rollback()
    t.is(await ended, 'BUDGET_EXCEEDED')
    await late.rollback()
    t.is((await books(stage, id)).spent, '11')
  }
)

test.serial('A use that waits for a pause is let through, and one that waits for its end is refused.', async t => {
  const { id, owner, held } = await scene(4)
  await owner(usage, use(0.5))
  const [open, changing, late, later] = held
  // Below the threshold: it holds a part and not the period.
  await open.query(usage, use(7))
  const paused = await begin(changing, pause)
  const through = await begin(late, usage, use(5))
  await open.commit()
  t.is(await paused.ended, '1 row')
  await changing.commit()
  t.is(await through.ended, '1 row', 'without the pause it would be 12.5 of 10')
  await late.commit()
  t.is((await books(stage, id)).spent, '12.5')

  const resuming = await hold(stage.database, owner.is)
  await resuming.query(resume)
  const stopped = await begin(later, usage, use('0.01'))
  await resuming.commit()
  t.is(await stopped.ended, 'BUDGET_EXCEEDED')
  await later.rollback()
})

test.serial('A pause that comes to nothing has let nobody through.', async t => {
  const { id, owner, held } = await scene(2)
  await owner(usage, use(8))
  const [changing, late] = held
  await changing.query(pause)
  const through = await begin(late, usage, use(5))
  await changing.rollback()
  t.is(await through.ended, 'BUDGET_EXCEEDED')
  await late.rollback()
  t.is((await books(stage, id)).spent, '8')
})

const zone = "select app_public.update_metering(time_zone => 'Pacific/Auckland')"
const periods = async (id: string) =>
  (
    await stage.admin.query(
      `select count(*)::int as count, bool_and(starts_at = date_trunc('month', now(), 'UTC')) as utc
       from app_public.budget_periods where organization_id = $1`,
      [id]
    )
  ).rows[0]

test.serial(
  'A first use that is open while the time zone changes keeps its period, and the change waits for it.',
  async t => {
    const { id, owner, held } = await scene(2)
    const [open, changing] = held
    await open.query(usage, use(6))
    const changed = await begin(changing, zone)
    await open.commit()
    t.is(await changed.ended, '1 row')
    await changing.commit()
    await refused(t, stage, () => owner(usage, use(5)), 'BUDGET_EXCEEDED')
    t.is(await outcome(owner(usage, use(4))), '1 row')
    t.deepEqual(await periods(id), { count: 1, utc: true })
  }
)

test.serial(
  'A first use that waits for a change of the time zone is booked in the period that was open before it.',
  async t => {
    const { id, owner, held } = await scene(2)
    const [changing, late] = held
    await changing.query(zone)
    const { ended } = await begin(late, usage, use(6))
    await changing.commit()
    t.is(await ended, '1 row')
    await late.commit()
    await refused(t, stage, () => owner(usage, use(5)), 'BUDGET_EXCEEDED')
    t.deepEqual(await periods(id), { count: 1, utc: true })
  }
)
