import type pg from 'pg'
import type { Logger } from 'pino'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { addProcessMetrics } from '../server/observability/process.ts'
import { makeRanking } from '../server/observability/ranking.ts'
import { startReporting } from '../server/observability/reporting.ts'
import { serveMetrics } from '../server/observability/serve.ts'
import { makeTally } from '../server/observability/tally.ts'
import type { WorkerConfig } from './config.ts'
import { openMonitor } from './tenant.ts'

/** Told that a job begins; what it answers is told how the job ended. */
export type WatchJob = (task: string, organizationId: string | undefined) => (failed: boolean) => void

export interface Watch {
  job: WatchJob
  /** Where the metrics are, if they have a port. */
  metricsUrl: string | undefined
  /** Reports to the database and looks at the queue now, instead of within ten seconds. */
  report(): Promise<void>
  close(): Promise<void>
}

/** What watches the worker: metrics, and how the jobs of each tenant went. */
export async function startWatch(
  { host, metrics: { port, token, tenants } }: WorkerConfig,
  { pool, queue, log }: { pool: pg.Pool; queue: pg.Pool; log: Logger }
): Promise<Watch> {
  const registry = new Registry()
  const registers = [registry]
  addProcessMetrics(registry)
  const jobs = new Counter({
    name: 'rowgate_jobs_total',
    help: 'Attempts at a job, by outcome: done or failed, which is tried again later.',
    labelNames: ['task', 'outcome'],
    registers
  })
  const tenantJobs = new Counter({
    name: 'rowgate_tenant_jobs_total',
    help: "Attempts at a tenant's job, by outcome.",
    labelNames: ['tenant', 'outcome'],
    registers
  })
  const duration = new Histogram({
    name: 'rowgate_job_duration_seconds',
    help: 'How long an attempt took.',
    labelNames: ['task'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers
  })
  const queueJobs = new Gauge({
    name: 'rowgate_queue_jobs',
    help: 'Jobs of the queue: ready, running, later (planned, or to be tried again), dead (failed too often). The same on every worker, some seconds old.',
    labelNames: ['state'],
    registers
  })
  const queueAge = new Gauge({
    name: 'rowgate_queue_age_seconds',
    help: 'How long the oldest job that is ready has waited. The same on every worker, some seconds old.',
    registers
  })
  const databaseUp = new Gauge({
    name: 'rowgate_worker_database_up',
    help: 'Whether the database took the last report, 1 or 0.',
    registers
  })

  const ranking = makeRanking(tenants)
  const slugs = new Map<string, string>()
  const tally = makeTally()
  const server =
    port === undefined
      ? undefined
      : await serveMetrics(registry, { name: 'ROWGATE_WORKER_METRICS_PORT', port, host, token })
  const reporting = startReporting({
    pool,
    opening: openMonitor(),
    tally,
    log,
    async onReported(reports, reported) {
      for (const [id, slug] of reported) slugs.set(id, slug)
      for (const tenant of ranking.update(reports, slugs)) {
        for (const outcome of ['done', 'failed']) tenantJobs.remove({ tenant, outcome })
      }
      const { rows } = await queue.query(lookAtQueue)
      const { age, ...states } = rows[0]
      for (const [state, count] of Object.entries(states)) queueJobs.set({ state }, Number(count))
      queueAge.set(Number(age))
      databaseUp.set(1)
    },
    onFailed() {
      databaseUp.set(0)
      queueJobs.reset()
      queueAge.reset()
    }
  })

  return {
    job(task, organizationId) {
      const began = performance.now()
      return failed => {
        const tenant = ranking.labelOf(organizationId)
        // Both from the first job on: a rate of failures needs to know that there were none.
        for (const [outcome, count] of [
          ['done', failed ? 0 : 1],
          ['failed', failed ? 1 : 0]
        ] as const) {
          jobs.inc({ task, outcome }, count)
          tenantJobs.inc({ tenant, outcome }, count)
        }
        duration.observe({ task }, (performance.now() - began) / 1000)
        if (organizationId !== undefined) tally.add(organizationId, failed ? { jobs_failed: 1 } : { jobs_done: 1 })
      }
    },
    metricsUrl: server?.url,
    report: reporting.now,
    async close() {
      await server?.close()
      await reporting.stop()
    }
  }
}

// The queue belongs to the worker's login.
const lookAtQueue = `
  select count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now()) as ready,
    count(*) filter (where locked_at is not null) as running,
    count(*) filter (where locked_at is null and attempts < max_attempts and run_at > now()) as later,
    count(*) filter (where locked_at is null and attempts >= max_attempts) as dead,
    coalesce(extract(epoch from now() - min(run_at) filter (
      where locked_at is null and attempts < max_attempts and run_at <= now()
    )), 0) as age
  from graphile_worker.jobs`
