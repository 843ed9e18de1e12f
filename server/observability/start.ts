import type pg from 'pg'
import type { Logger } from 'pino'
import { openMonitor } from '../claims.ts'
import type { ServerConfig } from '../config.ts'
import { makeKeyTally, type KeyTally } from './key_tally.ts'
import { makeMetrics, type Metrics } from './metrics.ts'
import { startReporting } from './reporting.ts'
import { serveMetrics } from './serve.ts'
import { readFigures, recordKeyUse } from './store.ts'
import { makeTally, type Tally } from './tally.ts'
import { beginTrace, type BeginTrace } from './trace.ts'

export interface Observability {
  metrics: Metrics
  tally: Tally
  keyTally: KeyTally
  beginTrace: BeginTrace
  /** Of the port of its own, if there is one. */
  metricsUrl: string | undefined
  /** Reports to the database now, instead of within ten seconds. */
  report(): Promise<void>
  close(): Promise<void>
}

/** What watches the API: metrics, the tenants' health, traces. */
export async function startObservability(
  { host, metrics: { port, token, tenants }, tracesAs }: ServerConfig,
  pool: pg.Pool,
  log: Logger
): Promise<Observability> {
  const tracing = tracesAs === undefined ? undefined : (await import('./otel.ts')).startTracing(tracesAs)
  const tally = makeTally()
  const keyTally = makeKeyTally()
  const metrics = makeMetrics(pool, tenants)
  const slugs = new Map<string, string>()
  const server =
    port === undefined
      ? undefined
      : await serveMetrics(metrics.registry, { name: 'ROWGATE_METRICS_PORT', port, host, token })
  const reporting = startReporting({
    pool,
    opening: openMonitor(),
    tally,
    log,
    async onReported(reports, reported) {
      for (const [id, slug] of reported) slugs.set(id, slug)
      await recordKeyUse(pool, openMonitor(), keyTally)
      const named = metrics.rank(reports, slugs)
      metrics.show(await readFigures(pool, openMonitor(), named))
    },
    onFailed: () => metrics.show(undefined)
  })
  return {
    metrics,
    tally,
    keyTally,
    beginTrace: tracing?.begin ?? beginTrace,
    metricsUrl: server?.url,
    report: reporting.now,
    async close() {
      await server?.close()
      await reporting.stop()
      await tracing?.stop()
    }
  }
}
