import test from 'ava'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { monitor, served } from '../helpers/monitor.ts'
import { scrape, sum } from '../helpers/scrape.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { drained, workerConfig } from '../helpers/worker.ts'
import { makeWorld } from '../helpers/world.ts'

const silent = pino({ level: 'silent' })
const metrics = { port: 0, token: undefined, tenants: 20 }

/** An organization that has failed for some minutes, which queues a mail for owner and admin. */
async function incident(t: import('ava').ExecutionContext) {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const world = await makeWorld(database)
  await database.admin.query('delete from app_public.health_minutes')
  // One owner and one admin are enough to tell who gets what.
  const others = [world.people.founder, world.people.denied]
  await database.admin.query('delete from app_public.members where user_id = any ($1)', [others])
  const platform = monitor(t, database)
  const failing = Array.from({ length: 8 }, (_, n) => served(world.acme, n + 2, { requests: 10, errors: 5 }))
  await platform.record(...failing)
  const jobs = async () =>
    (
      await database.admin.query(
        `select sum(jobs_done)::int as done, sum(jobs_failed)::int as failed
         from app_public.health_minutes where organization_id = $1`,
        [world.acme]
      )
    ).rows[0]
  return { database, world, platform, jobs }
}

test('owner and admin are told when an incident begins and when it is over, and nobody else', async t => {
  const { database, world, platform, jobs } = await incident(t)
  const smtp = await startSmtp()
  const worker = await startWorker(workerConfig(database, { smtpUrl: smtp.url }), silent)
  t.teardown(() => smtp.close())
  await drained(database)
  await database.admin.query(
    'update app_public.health_incidents set started_at = started_at - $1::interval where ended_at is null',
    ['20 minutes']
  )
  await database.admin.query('update app_public.health_minutes set minute = minute - $1::interval', ['20 minutes'])
  await platform.record()
  await drained(database)
  await worker.close()

  t.is(smtp.mails.length, 4)
  const about = (subject: RegExp) =>
    smtp.mails
      .filter(({ content }) => subject.test(content))
      .flatMap(({ to }) => to)
      .sort()
  const managers = ['admin@example.com', 'owner@example.com']
  t.deepEqual(about(/^Subject: acme: more than 5 % of the requests fail\r$/m), managers)
  t.deepEqual(about(/^Subject: acme: requests go well again\r$/m), managers)
  t.regex(smtp.mails.at(-1)!.content, /40 of 80/)
  t.is(new Set(smtp.mails.map(({ content }) => /^Message-ID:\s*<([^@]*)@/m.exec(content)![1])).size, 4)
  t.deepEqual(await jobs(), { done: 4, failed: 0 }, 'reported at the latest when the worker stops')
  t.is(
    (await database.admin.query('select from app_public.health_minutes where organization_id = $1', [world.other]))
      .rowCount,
    0
  )
})

test('jobs that are done or fail are counted, for the tenant and in the metrics, with the state of the queue', async t => {
  const { database, jobs } = await incident(t)
  const smtp = await startSmtp()
  await smtp.close()
  const worker = await startWorker(workerConfig(database, { smtpUrl: smtp.url, metrics }), silent)
  const failed = async () =>
    (await database.admin.query('select from graphile_worker.jobs where attempts = 1 and last_error is not null'))
      .rowCount
  while ((await failed()) !== 2) await new Promise(resolve => setImmediate(resolve))
  // A job's row says so before its task is told.
  while (sum(await scrape(worker.metricsUrl!), 'rowgate_jobs_total', { outcome: 'failed' }) !== 2) continue
  await worker.report()
  t.deepEqual(await jobs(), { done: 0, failed: 2 })
  const samples = await scrape(worker.metricsUrl!)
  t.is(sum(samples, 'rowgate_jobs_total', { task: 'alerts/mail', outcome: 'failed' }), 2)
  t.is(sum(samples, 'rowgate_jobs_total', { outcome: 'done' }), 0)
  t.is(sum(samples, 'rowgate_queue_jobs', { state: 'later' }), 2, 'to be tried again')
  t.is(sum(samples, 'rowgate_queue_jobs', { state: 'ready' }), 0)
  t.is(sum(samples, 'rowgate_queue_age_seconds'), 0)
  t.is(sum(samples, 'rowgate_worker_database_up'), 1)
  for (const { name, value } of samples) t.true(Number.isFinite(Number(value)), name)
  await worker.close()

  await database.admin.query("update graphile_worker._private_jobs set run_at = now() - interval '1 hour'")
  const again = await startSmtp()
  t.teardown(() => again.close())
  const idle = await startWorker(workerConfig(database, { smtpUrl: again.url, metrics, concurrency: 1 }), silent)
  await drained(database)
  await idle.report()
  t.deepEqual(await jobs(), { done: 2, failed: 2 })
  t.is(sum(await scrape(idle.metricsUrl!), 'rowgate_tenant_jobs_total', { outcome: 'done' }), 2)
  t.is(sum(await scrape(idle.metricsUrl!), 'rowgate_job_duration_seconds_count', { task: 'alerts/mail' }), 2)
  await idle.close()
})
