import { Logger as QueueLogger, run } from 'graphile-worker'
import pg from 'pg'
import { pino, type Logger } from 'pino'
import { ConfigError } from '../server/config.ts'
import { createPool } from '../server/pg.ts'
import { readWorkerConfig, type WorkerConfig } from './config.ts'
import { makeMailer } from './mail.ts'
import { loadTasks } from './tasks.ts'
import { asJob } from './tenant.ts'

export interface RunningWorker {
  /** Resolves when the worker has ended by itself; rejects when it had to. */
  ended: Promise<void>
  /** Lets running jobs finish. */
  close(): Promise<void>
}

/** Starts working through the queue. Throws when the database is out of reach or not migrated. */
export async function startWorker(
  config: WorkerConfig,
  log: Logger = pino({ level: config.logLevel })
): Promise<RunningWorker> {
  const { databaseUrl: connectionString, concurrency } = config
  let closing = false
  // Not the whole error: pg hangs the client on it, with all that it knows.
  const onLost = ({ message }: Error) => closing || log.warn({ reason: message }, 'database connection lost')
  const pool = createPool({ connectionString, max: concurrency, applicationName: 'rowgate worker', onLost })
  const queue = new pg.Pool({ connectionString, max: concurrency + 2, application_name: 'rowgate queue' })
  queue.on('error', onLost)
  queue.on('connect', client => client.on('error', onLost))
  const mailer = makeMailer(config, log)
  const release = async () => {
    mailer.close()
    await Promise.all([pool.end(), queue.end()])
  }
  try {
    const runner = await run({
      pgPool: queue,
      concurrency,
      noHandleSignals: true,
      // No job of its own accord: each is queued by a fact.
      parsedCronItems: [],
      taskList: await loadTasks({ ask: asJob(pool), send: mailer.send, log }),
      logger: new QueueLogger(() => (level, message) => log[level === 'warning' ? 'warn' : level](message))
    })
    return {
      ended: runner.promise,
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

if (import.meta.main) {
  try {
    const worker = await startWorker(readWorkerConfig(process.env))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.close())
    await worker.ended
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
