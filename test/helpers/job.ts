import type { TestFn } from 'ava'
import { createPool } from '../../server/pg.ts'
import { asJob, type AskAsJob } from '../../worker/tenant.ts'
import type { Stage } from './stage.ts'

/** Asks as the worker does, with its login: inside one organization, or none. The answer is the first column of each row. */
export function openJobs(test: TestFn, stage: Stage): <T = any>(tenant: string | null, sql: string) => Promise<T[]> {
  let pool: ReturnType<typeof createPool> | undefined
  let ask: AskAsJob
  test.after.always('the jobs end', () => pool?.end())
  return async (tenant, sql) => {
    pool ??= createPool({ connectionString: stage.database.workerUrl, max: 8 })
    ask ??= asJob(pool)
    return (await ask(tenant, sql, [])).map(row => Object.values(row as object)[0] as never)
  }
}
