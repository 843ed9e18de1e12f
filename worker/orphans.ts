import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { WorkerEvents, WorkerPool } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from 'pino'

const everyMs = 1000

export interface Orphans {
  /** For graphile-worker: what it calls itself in the jobs that it has. */
  events: WorkerEvents
  stop(): Promise<void>
}

/**
 * Frees the jobs of workers that are no more. graphile-worker would wait four hours, and with such a job its organization's queue. Who lives has a
 * connection that bears their name, which ends with them, however they end. Its job is done twice when it was only the connection that ended.
 */
export function watchOrphans(connectionString: string, log: Logger): Orphans {
  const ending = new AbortController()
  const events: WorkerEvents = new EventEmitter()
  let named: pg.Client | undefined
  let ended = Promise.resolve()
  const look = async (pool: WorkerPool) => {
    if (!named) {
      const client = new pg.Client({ connectionString, application_name: pool.id, keepAlive: true })
      client.on('error', () => {})
      client.on('end', () => named === client && (named = undefined))
      await client.connect()
      named = client
    }
    const { rows } = await named.query(freeOrphans)
    if (rows[0].freed === 0) return
    lookAgain(pool)
    log.warn({ workers: rows[0].freed }, 'jobs of workers that have ended are free again')
  }
  events.once('pool:create', ({ workerPool }) => {
    // The next job of a queue is looked for before the one that has ended is noted, and would wait for the next round.
    events.on('job:complete', () => {
      for (const ms of [10, 100]) setTimeout(() => lookAgain(workerPool), ms).unref()
    })
    ended = (async () => {
      while (!ending.signal.aborted) {
        await look(workerPool).catch(({ message }: Error) => {
          if (!ending.signal.aborted)
            log.warn({ reason: message }, 'could not look for jobs of workers that have ended')
        })
        await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {})
      }
      await named?.end()
    })()
  })
  return {
    events,
    async stop() {
      ending.abort()
      await ended
    }
  }
}

/** Makes a worker look for jobs now. */
function lookAgain(pool: WorkerPool): void {
  try {
    pool.nudge(1)
  } catch {
    // One that is ending throws instead of not looking.
  }
}

// The queue belongs to the worker's login, which sees the names of its own connections. Somebody who has just begun may have none yet.
const freeOrphans = `
  select count(graphile_worker.force_unlock_workers(array[gone.locked_by]))::int as freed
  from (
    select locked_by from graphile_worker._private_jobs
    where locked_by is not null
    group by locked_by
    having max(locked_at) < now() - interval '2 seconds'
  ) as gone
  where not exists (
    select from pg_stat_activity where datname = current_database() and application_name = gone.locked_by
  )`
