import { glob } from 'node:fs/promises'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { loadTasks } from '../../worker/tasks.ts'
import { openDatabase } from '../helpers/database.ts'
import { drained, workerConfig } from '../helpers/worker.ts'
import { makeWorld } from '../helpers/world.ts'

async function open(t: ExecutionContext) {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const world = await makeWorld(database)
  const errors: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void errors.push(line) })
  /** Lets a real worker do what there is, and ends it. */
  const work = async () => {
    const worker = await startWorker(workerConfig(database), log)
    await drained(database)
    await worker.close()
  }
  return { database, admin: database.admin, world, work, errors }
}
const clock = async () => (await loadTasks({} as never, () => () => {})).clock
const queue = (task: string, times: number) =>
  `select graphile_worker.add_job('${task}') from generate_series(1, ${times})`

test('The clock has every task that names its times, and each runs at least once a day.', async t => {
  const named: string[] = []
  for await (const file of glob('*/*.ts', { cwd: `${import.meta.dirname}/../../worker/tasks` })) {
    const name = file.replace(/\.ts$/, '')
    if ('cron' in (await import(`../../worker/tasks/${name}.ts`))) named.push(name)
  }
  const items = await clock()
  t.deepEqual(items.map(({ task }) => task).sort(), named.sort())
  for (const concern of [
    'usage/partitions',
    'usage/retention',
    'analytics/statements',
    'platform/expired',
    'tenancy/purges'
  ])
    t.true(named.includes(concern), concern)
  for (const { task, match } of items) {
    const times = Array.from({ length: 24 * 60 }, (_, minute) => ({
      min: minute % 60,
      hour: Math.floor(minute / 60),
      date: 1,
      month: 1,
      dow: 1
    }))
    t.true(
      times.some(time => match(time)),
      task
    )
  }
})

test('What was missed while no worker ran is done as soon as there is one.', async t => {
  const { database, admin, work } = await open(t)
  const items = await clock()
  await work()
  const known = async () =>
    (await admin.query('select identifier from graphile_worker._private_known_crontabs order by 1')).rows
  t.is((await known()).length, items.length)
  // As if the last one had ended 10 hours ago.
  await admin.query(
    `update graphile_worker._private_known_crontabs
     set known_since = now() - interval '30 days', last_execution = date_trunc('minute', now()) - interval '10 hours'`
  )
  await admin.query(
    `create table public.done (task text);
     grant insert on public.done to rowgate_worker;
     create function public.note() returns trigger language plpgsql as $$
       begin
         insert into public.done select identifier from graphile_worker._private_tasks where id = old.task_id;
         return old;
       end $$;
     grant usage on schema public to rowgate_worker;
     create trigger note after delete on graphile_worker._private_jobs for each row execute function public.note()`
  )
  const expected = items.filter(({ match }) =>
    Array.from({ length: 10 * 60 - 1 }, (_, minute) => new Date(Date.now() - minute * 60_000)).some(at =>
      match({
        min: at.getUTCMinutes(),
        hour: at.getUTCHours(),
        date: at.getUTCDate(),
        month: at.getUTCMonth() + 1,
        dow: at.getUTCDay()
      })
    )
  )
  t.true(expected.length > 3)
  const worker = await startWorker(workerConfig(database), pino({ level: 'silent' }))
  t.teardown(() => worker.close())
  const done = async () => new Set((await admin.query('select task from public.done')).rows.map(({ task }) => task))
  while ((await done()).size < expected.length);
  await drained(database)
  t.deepEqual([...(await done())].sort(), expected.map(({ task }) => task).sort())
})

test('Each may run twice at the same time, and a second time finds nothing to do.', async t => {
  const { admin, world, work, errors } = await open(t)
  await admin.query("update app_public.organizations set plan = 'free' where id = $1", [world.acme])
  await admin.query("update app_public.usage_records set occurred_at = now() - interval '70 days'")
  const items = await clock()
  for (const { task } of items) await admin.query(queue(task, 3))
  await work()
  t.deepEqual(
    errors.filter(line => JSON.parse(line).level >= 40),
    []
  )
  const state = `select (select count(*)::int from app_public.statements) as statements,
    (select count(*)::int from app_public.alert_events) as alerts, (select count(*)::int from app_public.usage_records) as records,
    (select count(*)::int from pg_inherits where inhparent = 'app_public.usage_records'::regclass) as parts`
  const [before] = (await admin.query(state)).rows
  t.true(before.statements > 0 && before.records > 0)
  for (const { task } of items) await admin.query(queue(task, 2))
  await work()
  t.deepEqual((await admin.query(state)).rows, [before])
})

test('The worker makes the months to come, and lets go of usage that is no longer kept.', async t => {
  const { admin, world, work } = await open(t)
  const soon = async () =>
    (
      await admin.query(
        `select class.relname as name from pg_inherits join pg_class as class on class.oid = inhrelid
         where inhparent = 'app_public.usage_records'::regclass and class.relname ~ '\\d{4}_\\d\\d$' order by 1`
      )
    ).rows.map(({ name }) => name)
  const before = await soon()
  t.is(before.length, 3)
  await admin.query(`drop table app_private.${before.at(-1)}`)
  const old = await admin.query(
    `update app_public.usage_records set occurred_at = now() - interval '30 months' where organization_id = $1 returning id`,
    [world.acme]
  )
  t.true(old.rowCount! > 1)
  await admin.query(
    `alter table app_public.organizations disable trigger touch;
     update app_public.organizations set plan = 'free', updated_at = now() - interval '1 hour';
     alter table app_public.organizations enable trigger touch`
  )
  const left = async () =>
    (
      await admin.query('select count(*)::int as left from app_public.usage_records where organization_id = $1', [
        world.acme
      ])
    ).rows[0].left
  await admin.query(queue('usage/partitions', 1))
  await work()
  t.deepEqual(await soon(), before)
  // As soon as it is rolled up and stated.
  while ((await left()) > 0) {
    for (const task of ['analytics/statements', 'usage/retention']) {
      await admin.query(queue(task, 1))
      await work()
    }
  }
  const { rows } = await admin.query(
    "select sum(records)::int as records from app_public.usage_rollups where organization_id = $1 and whole and grain = 'month'",
    [world.acme]
  )
  t.is(rows[0].records, old.rowCount)
})

test('What ended long ago is forgotten, and what did not, or is history, is not.', async t => {
  const { admin, world, work } = await open(t)
  await admin.query(
    `insert into app_private.sessions (user_id, refresh_hash, expires_at)
       select $1, sha256(age::text::bytea), now() - age * interval '1 day' from unnest(array[-1, 0.5, 2]) as age`,
    [world.people.owner]
  )
  const insert = async (sql: string, values: unknown[] = []) => admin.query(sql, values)
  await insert(
    `insert into app_private.account_links (user_id, purpose, expires_at)
     values ($1, 'verify_email', now() + interval '1 hour'), ($1, 'reset_password', now() - interval '2 days')`,
    [world.people.owner]
  )
  await insert(
    `insert into app_private.sign_in_attempts values (sha256('a'), 1, now() + interval '1 hour'), (sha256('b'), 1, now() - interval '1 s')`
  )
  await insert(
    `insert into app_public.invitations (organization_id, email, role, needs_approval, invited_by, expires_at)
     values ($1, 'new@example.com', 'member', false, $2, now() + interval '1 day'),
       ($1, 'late@example.com', 'member', false, $2, now() - interval '80 days'),
       ($1, 'old@example.com', 'member', false, $2, now() - interval '91 days')`,
    [world.acme, world.people.owner]
  )
  await insert(queue('platform/expired', 2))
  await work()
  const ages = (sql: string) => admin.query(sql).then(({ rows }) => rows.map(row => Object.values(row)[0]))
  t.deepEqual(
    await ages("select count(*)::int from app_private.sessions where expires_at < now() - interval '1 day'"),
    [0]
  )
  t.deepEqual(await ages('select count(*)::int from app_private.sessions where expires_at < now()'), [1])
  t.deepEqual(await ages(`select purpose from app_private.account_links where user_id = '${world.people.owner}'`), [
    'verify_email'
  ])
  t.deepEqual(await ages("select subject = sha256('a') from app_private.sign_in_attempts"), [true])
  t.deepEqual(await ages("select email from app_public.invitations where email ~ '^(new|late|old)@' order by 1"), [
    'late@example.com',
    'new@example.com'
  ])
})

test('An organization whose purge was lost is purged all the same.', async t => {
  const { admin, world, work } = await open(t)
  await admin.query(
    "update app_public.organizations set status = 'deleted', purge_at = now() - interval '2 hours' where id = $1",
    [world.acme]
  )
  await admin.query(
    "update app_public.organizations set status = 'deleted', purge_at = now() + interval '1 hour' where id = $1",
    [world.other]
  )
  await work()
  t.is(
    (await admin.query('select from app_public.organizations where id = $1', [world.acme])).rowCount,
    1,
    'the control'
  )
  await admin.query(queue('tenancy/purges', 2))
  await work()
  t.is((await admin.query('select from app_public.organizations where id = $1', [world.acme])).rowCount, 0)
  t.is(
    (await admin.query('select from app_public.organizations where id = $1', [world.other])).rowCount,
    1,
    'not its day'
  )
})
