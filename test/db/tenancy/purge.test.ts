import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { createPool } from '../../../server/pg.ts'
import { startWorker } from '../../../worker/index.ts'
import { asJob } from '../../../worker/tenant.ts'
import { openDatabase } from '../../helpers/database.ts'
import { personas } from '../../helpers/personas.ts'
import { caughtUp } from '../../helpers/rolled.ts'
import { drained, workerConfig } from '../../helpers/worker.ts'
import { makeWorld } from '../../helpers/world.ts'

async function open(t: ExecutionContext) {
  const database = await openDatabase()
  const world = await makeWorld(database)
  const { asUser, close } = personas(database)
  const pool = createPool({ connectionString: database.workerUrl })
  t.teardown(async () => {
    await close()
    await pool.end()
    await database.close()
  })
  const { admin } = database
  const { rows: tables } = await admin.query(
    `select oid::regclass::text as name from pg_class
     where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`
  )
  /** In how many rows of which table this id stands, in whatever column, also inside of texts and JSON. */
  const traces = async (id: string) => {
    const counts: Record<string, number> = {}
    for (const { name } of tables) {
      const { rows } = await admin.query(`select count(*)::int from ${name} as t where t::text like $1`, [`%${id}%`])
      if (rows[0].count) counts[name] = rows[0].count
    }
    return counts
  }
  const owner = await asUser(world.people.owner)
  const purge = async (organizationId: string, most: number) =>
    (await asJob(pool)(organizationId, 'select app_hidden.purge_organization($1) as state', [most]))[0].state as string
  const due = () => admin.query("update app_public.organizations set purge_at = now() where status = 'deleted'")
  return { database, admin, world, owner, traces, purge, due }
}

test('an organization that was deleted 30 days ago is purged by the worker, with nothing left anywhere', async t => {
  const { database, admin, world, owner, traces, due } = await open(t)
  await owner("select app_public.invite_member('guest@example.com')")
  await owner("select app_public.record_usage('k', 'openai', 'gpt-5', 80)")
  await owner('select app_public.delete_organization()')
  const before = await traces(world.acme)
  t.true(Object.keys(before).length >= 30, 'the control: there is something of it in many tables')
  t.true(before['graphile_worker._private_jobs']! > 3, 'and in the queue')
  t.truthy(before['graphile_worker._private_job_queues'])
  const worker = await startWorker(workerConfig(database), pino({ level: 'silent' }))
  await caughtUp(admin, worker.rollUp)
  const other = await traces(world.other)
  await due()
  await admin.query("update graphile_worker._private_jobs set run_at = now() where key like '%tenancy/purge'")
  await drained(database)
  await worker.close()
  t.deepEqual(await traces(world.acme), {})
  t.deepEqual(await traces(world.other), other, 'nothing of another is touched')
  const { rows } = await admin.query('select count(*)::int from app_public.users')
  t.is(rows[0].count, Object.keys(world.people).length, "people are nobody's rows")
})

test('a purge goes in batches, and on from wherever it ended', async t => {
  const { admin, world, owner, traces, purge, due } = await open(t)
  for (let n = 0; n < 7; n++) await owner("select app_public.record_usage($1, 'openai', 'gpt-5', 1)", [`k${n}`])
  await owner('select app_public.delete_organization()')
  await due()
  const left = async () =>
    (await admin.query('select count(*)::int from app_public.usage_records where organization_id = $1', [world.acme]))
      .rows[0].count
  const before = await left()
  t.is(await purge(world.acme, 2), 'more')
  t.is(await left(), before - 2)
  let steps = 1
  while ((await purge(world.acme, 2)) === 'more') steps++
  t.true(steps > before / 2)
  t.is((await admin.query('select from app_public.organizations where id = $1', [world.acme])).rowCount, 0)
  t.deepEqual(await traces(world.acme), {})
})

test('nothing is purged before its time, after it was restored, or of an organization that nobody deleted', async t => {
  const { world, owner, traces, purge, due } = await open(t)
  const before = await traces(world.acme)
  t.is(await purge(world.acme, 10), 'done')
  await owner('select app_public.delete_organization()')
  t.is(await purge(world.acme, 10), 'done')
  await owner('select app_public.restore_organization($1)', [world.acme])
  await due()
  t.is(await purge(world.acme, 10), 'done')
  const after = await traces(world.acme)
  t.is(after['graphile_worker._private_jobs'], (before['graphile_worker._private_jobs'] ?? 0) + 1, 'the job waits')
  t.deepEqual({ ...after, 'graphile_worker._private_jobs': 0 }, { ...before, 'graphile_worker._private_jobs': 0 })
  await owner('select app_public.delete_organization()')
  await due()
  t.is(await purge(world.acme, 1000), 'done')
  t.deepEqual(await traces(world.acme), {}, 'the control')
})

test("no verb deletes from the books, and no other organization's job does", async t => {
  const { admin, world, owner, traces, purge, due } = await open(t)
  await owner('select app_public.delete_organization()')
  await due()
  const before = await traces(world.acme)
  t.is(await purge(world.other, 10), 'done')
  t.deepEqual(await traces(world.acme), before)
  const client = await admin.connect()
  await client.query('begin')
  await client.query('set local role rowgate_writer')
  const { rowCount } = await client.query('delete from app_public.usage_records')
  await client.query('rollback')
  client.release()
  t.is(rowCount, 0, 'what owns the verbs reaches no row without the job')
})

test('while a job of the organization runs its last rows wait', async t => {
  const { admin, world, owner, traces, purge, due } = await open(t)
  await owner("select app_public.invite_member('guest@example.com')")
  await owner('select app_public.delete_organization()')
  await due()
  const lock = (now: string | null) =>
    admin.query(
      'update graphile_worker._private_jobs set locked_at = $2 where payload::text like $1 and job_queue_id is not null',
      [`%${world.acme}%`, now]
    )
  await lock(new Date().toISOString())
  t.is(await purge(world.acme, 1000), 'busy')
  await lock(null)
  t.is(await purge(world.acme, 1000), 'done')
  t.deepEqual(await traces(world.acme), {})
})
