import type pg from 'pg'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Problem } from '../errors.ts'
import { addProcessMetrics } from './process.ts'
import { makeRanking } from './ranking.ts'
import type { Figure } from './store.ts'
import type { MinuteReport } from './tally.ts'

const outcomes = ['ok', 'refused', 'error'] as const

/** How a request went. */
export interface Answered {
  route: string
  status: number
  seconds: number
  outcome: (typeof outcomes)[number]
  /** The tenant that the database chose, if any. */
  tenant: string | undefined
  /** What the client was told instead of, or beside, data. */
  problems: readonly Problem[]
}

export interface Metrics {
  registry: Registry
  count(answered: Answered): void
  /** Gives series of their own to the tenants with the most traffic; answers which these are. */
  rank(reports: readonly MinuteReport[], slugs: ReadonlyMap<string, string>): string[]
  /** What the database told last; undefined: it told nothing. */
  show(figures: readonly Figure[] | undefined): void
}

/** What each of the database's figures is, under the name that app_hidden.figures gives it. */
const figureHelp = {
  active_keys: 'API keys that are active.',
  organizations: 'Organizations that are not deleted.',
  open_incidents: 'Organizations of which too many requests fail.',
  tenant_active_keys: 'API keys of the tenant that are active.',
  tenant_usage_cost: 'Cost of the usage that the tenant recorded in the last 5 minutes.',
  tenant_budget_limit: "The tenant's budget of the current month.",
  tenant_budget_spent: "What is spent of the tenant's budget of the current month."
}

const labelsOf = (figure: string) => (figure.startsWith('tenant_') ? ['tenant', 'currency'] : [])

/** The API's metrics. At most `tenants` tenants have series of their own; the rest share one label. */
export function makeMetrics(pool: pg.Pool, tenants: number): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const ranking = makeRanking(tenants)
  addProcessMetrics(registry)

  const requests = new Counter({
    name: 'rowgate_http_requests_total',
    help: 'Requests, by the HTTP status of the whole answer.',
    labelNames: ['route', 'status'],
    registers
  })
  const duration = new Histogram({
    name: 'rowgate_http_request_duration_seconds',
    help: 'How long answering took.',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers
  })
  const tenantRequests = new Counter({
    name: 'rowgate_tenant_requests_total',
    help: 'Requests of a tenant, by outcome: ok, refused (budget, rate limit, permission, input) or error (on our side).',
    labelNames: ['tenant', 'outcome'],
    registers
  })
  const tenantDuration = new Histogram({
    name: 'rowgate_tenant_request_duration_seconds',
    help: 'How long answering a tenant took.',
    labelNames: ['tenant'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers
  })
  const problems = new Counter({
    name: 'rowgate_problems_total',
    help: 'Refusals and failures by code: status 402 by a budget, 429 by a rate limit, 500 and above on our side.',
    labelNames: ['tenant', 'code', 'status'],
    registers
  })
  new Gauge({
    name: 'rowgate_database_connections',
    help: "Connections of the pool, and requests that wait for one ('waiting').",
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
      this.set({ state: 'most' }, pool.options.max ?? 0)
    }
  })
  const databaseUp = new Gauge({
    name: 'rowgate_database_up',
    help: 'Whether the database took the last report, 1 or 0.',
    registers
  })
  const figures = new Map(
    Object.entries(figureHelp).map(([name, help]) => {
      const more = 'The same on every process, some seconds old.'
      return [
        name,
        new Gauge({ name: `rowgate_${name}`, help: `${help} ${more}`, labelNames: labelsOf(name), registers })
      ] as const
    })
  )

  const forgetFigures = () => {
    for (const [name, gauge] of figures) {
      // A gauge without labels is 0 after a reset, which would be told as a figure.
      if (labelsOf(name).length > 0) gauge.reset()
      else gauge.remove()
    }
  }
  forgetFigures()

  return {
    registry,
    count({ route, status, seconds, outcome, tenant, problems: told }) {
      const label = ranking.labelOf(tenant)
      requests.inc({ route, status })
      duration.observe({ route }, seconds)
      // Each outcome from the first request on: a rate of errors needs to know that there were none.
      for (const name of outcomes) tenantRequests.inc({ tenant: label, outcome: name }, name === outcome ? 1 : 0)
      tenantDuration.observe({ tenant: label }, seconds)
      for (const { code, status } of told) problems.inc({ tenant: label, code, status })
    },
    rank(reports, slugs) {
      const gone = ranking.update(reports, slugs)
      for (const tenant of gone) {
        for (const outcome of outcomes) tenantRequests.remove({ tenant, outcome })
        tenantDuration.remove({ tenant })
      }
      if (gone.length > 0) void forget(problems, gone)
      return ranking.ids()
    },
    show(told) {
      databaseUp.set(told ? 1 : 0)
      forgetFigures()
      for (const { name, organizationId, currency, value } of told ?? []) {
        const labels = organizationId === null ? {} : { tenant: ranking.labelOf(organizationId), currency }
        figures.get(name)?.set(labels, value)
      }
    }
  }
}

async function forget(counter: Counter<'tenant' | 'code' | 'status'>, tenants: string[]): Promise<void> {
  for (const { labels } of (await counter.get()).values) {
    if (tenants.includes(String(labels.tenant))) counter.remove(labels)
  }
}
