import type { ExecutionContext } from 'ava'
import { openMonitor } from '../../server/claims.ts'
import { readFigures, recordHealth, type Figure } from '../../server/observability/store.ts'
import type { Counts, MinuteReport } from '../../server/observability/tally.ts'
import { createPool } from '../../server/pg.ts'
import type { Database } from './database.ts'

export const minuteMs = 60_000
/** The beginning of the minute that is so many back. */
export const minuteAgo = (minutes: number) => new Date(Math.floor(Date.now() / minuteMs - minutes) * minuteMs)

/** What a process counted of one organization in the minute that is so many back. */
export const served = (organizationId: string, minutesAgo: number, counts: Partial<Counts>): MinuteReport => ({
  organization_id: organizationId,
  minute: minuteAgo(minutesAgo).toISOString(),
  requests: 0,
  errors: 0,
  refused: 0,
  duration_ms: 0,
  slowest_ms: 0,
  jobs_done: 0,
  jobs_failed: 0,
  ...counts
})

/** The database as the API asks it on its own account, until the test is over. */
export function monitor(t: ExecutionContext, database: Database, max = 10) {
  const pool = createPool({ connectionString: database.apiUrl, max })
  t.teardown(() => pool.end())
  return {
    record: (...minutes: MinuteReport[]) => recordHealth(pool, openMonitor(), minutes),
    figures: (...organizationIds: string[]): Promise<Figure[]> => readFigures(pool, openMonitor(), organizationIds)
  }
}
