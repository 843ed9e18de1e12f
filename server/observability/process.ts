import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'

/**
 * What prom-client tells about the process, and how the event loop does. prom-client's own figures of the event loop are left out:
 * they are NaN when two scrapes follow each other closely.
 */
export function addProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry })
  for (const { name } of registry.getMetricsAsArray()) {
    if (name.startsWith('nodejs_eventloop_')) registry.removeSingleMetric(name)
  }

  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  new Gauge({
    name: 'rowgate_event_loop_delay_seconds',
    help: 'How late the event loop was, by quantile, since the last scrape.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      if (delay.count === 0) return
      for (const quantile of [0.5, 0.99, 1]) {
        this.set({ quantile: String(quantile) }, delay.percentile(quantile * 100) / 1e9)
      }
      delay.reset()
    }
  })
  let before = performance.eventLoopUtilization()
  new Gauge({
    name: 'rowgate_event_loop_utilization',
    help: 'The share of time in which the event loop was busy since the last scrape, 0 to 1.',
    registers: [registry],
    collect() {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      if (Number.isFinite(utilization)) this.set(utilization)
    }
  })
}
