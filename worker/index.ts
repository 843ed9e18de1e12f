import { Logger as QueueLogger, run } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from 'pino'
import { ConfigError } from '../server/config.ts'
import { makeLog } from '../server/log.ts'
import { createPool } from '../server/pg.ts'
import { assertReachable } from '../server/start/external.ts'
import { live } from '../server/start/life.ts'
import { readWorkerConfig, type WorkerConfig } from './config.ts'
import { startExports, type Exports } from './exports.ts'
import { linkTo, makeMailer, pageOf } from './mail.ts'
import { watchOrphans } from './orphans.ts'
import { startRollups, type Rollups } from './rollups.ts'
import { loadTasks } from './tasks.ts'
import { asJob } from './tenant.ts'
import { startWatch, type Watch } from './watch.ts'
import { makePost } from './webhook.ts'

export interface RunningWorker {
  /** Resolves when the worker has ended by itself; rejects when it had to. */
  ended: Promise<void>
  /** Where the metrics are, if they have a port. */
  metricsUrl: string | undefined
  /** Tells the database now how jobs went, instead of within ten seconds. */
  report(): Promise<void>
  /** Rolls up usage now, instead of within five seconds. */
  rollUp(): Promise<void>
  /** Lets running jobs finish. */
  close(): Promise<void>
}

/** Starts working through the queue. Throws when the database is out of reach or not migrated. */
export async function startWorker(
  config: WorkerConfig,
  log: Logger = makeLog(config.logLevel)
): Promise<RunningWorker> {
  const { databaseUrl: connectionString, concurrency, connectTimeout } = config
  let closing = false
  // Not the whole error: pg hangs the client on it, with all that it knows.
  const onLost = ({ message }: Error) => closing || log.warn({ reason: message }, 'database connection lost')
  const pool = createPool({
    connectionString,
    max: concurrency,
    applicationName: 'rowgate worker',
    onLost,
    ...(connectTimeout && { connectTimeout })
  })
  const queue = new pg.Pool({ connectionString, max: concurrency + 2, application_name: 'rowgate queue' })
  queue.on('error', onLost)
  queue.on('connect', client => client.on('error', onLost))
  const mailer = makeMailer(config, log)
  const post = makePost({ anywhere: config.webhooksAnywhere })
  const orphans = watchOrphans(connectionString, log)
  let watch: Watch | undefined
  let rollups: Rollups | undefined
  let exports: Exports | undefined
  const release = async () => {
    mailer.close()
    await rollups?.stop()
    await exports?.stop()
    await orphans.stop()
    await watch?.close()
    await Promise.all([pool.end(), queue.end()])
  }
  try {
    await checkLogin(queue)
    watch = await startWatch(config, { pool, queue, log })
    const { tasks, clock } = await loadTasks(
      { ask: asJob(pool), send: mailer.send, post, link: linkTo(config.appUrl), page: pageOf(config.appUrl), log },
      watch.job
    )
    const runner = await run({
      pgPool: queue,
      concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      parsedCronItems: clock,
      events: orphans.events,
      taskList: tasks,
      logger: new QueueLogger(() => (level, message) => log[level === 'warning' ? 'warn' : level](message))
    })
    rollups = startRollups(asJob(pool), log)
    exports = startExports(pool, asJob(pool), log)
    return {
      ended: runner.promise,
      metricsUrl: watch.metricsUrl,
      report: watch.report,
      rollUp: rollups.now,
      async close() {
        closing = true
        await runner.stop()
        await release()
      }
    }
  } catch (error) {
    await release()
    throw error
  }
}

/** The queue belongs to this login, and it can become nothing but a job. */
async function checkLogin(queue: pg.Pool): Promise<void> {
  const { rows } = await queue.query("select current_user as login, to_regnamespace('graphile_worker') as queue")
  if (rows[0].login !== 'rowgate_worker') throw new ConfigError('DATABASE_URL must name the login rowgate_worker.')
  if (!rows[0].queue) throw new ConfigError('The database is not migrated: run "npm run migrate" first.')
}

if (import.meta.main) {
  live(async life => {
    const config = readWorkerConfig(process.env)
    await assertReachable(config.databaseUrl)
    const worker = await startWorker(config)
    life.keep(worker.close)
    worker.ended.catch(life.fail)
    if (!config.smtpUrl) console.log(`ROWGATE_SMTP_URL is not set: mail is written to ${config.mailDirectory}`)
    console.log("Rowgate's worker waits for jobs")
  })
}
