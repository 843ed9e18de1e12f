import type pg from 'pg'
import type { Logger } from 'pino'
import type { Opening } from '../pg.ts'
import { recordHealth } from './store.ts'
import type { MinuteReport, Tally } from './tally.ts'

export interface Reporting {
  /** Reports now what would be reported some seconds later. Never throws: what fails is tried again. */
  now(): Promise<void>
  /** Reports a last time. */
  stop(): Promise<void>
}

export interface ReportingParts {
  pool: pg.Pool
  opening: Opening
  tally: Tally
  log: Logger
  /** What follows a report that the database took. */
  onReported?: (reports: readonly MinuteReport[], slugs: Map<string, string>) => Promise<void>
  onFailed?: () => void
}

/** app_hidden.record_health counts on this. */
const every = 10_000

/** Tells the database what was counted, every ten seconds, in one statement for all tenants. */
export function startReporting({
  pool,
  opening,
  tally,
  log,
  onReported = async () => {},
  onFailed = () => {}
}: ReportingParts): Reporting {
  let running: Promise<void> = Promise.resolve()
  let failing = false

  let stopped = false

  async function report(): Promise<void> {
    const reports = tally.take()
    // A process that could not even start has nothing to tell, and nobody to tell it to.
    if (stopped && reports.length === 0) return
    try {
      const slugs = await recordHealth(pool, opening, reports).catch((error: unknown) => {
        tally.giveBack(reports)
        throw error
      })
      await onReported(reports, slugs)
      failing = false
    } catch (error) {
      onFailed()
      // Once, not every ten seconds.
      if (!failing) log.warn({ reason: (error as Error).message }, 'health could not be reported')
      failing = true
    }
  }
  const inTurn = () => (running = running.then(report))
  const timer = setInterval(inTurn, every)
  timer.unref()

  return {
    now: inTurn,
    async stop() {
      clearInterval(timer)
      stopped = true
      await inTurn()
    }
  }
}
