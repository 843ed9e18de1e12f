/** What is counted of a tenant: the columns of app_public.health_minutes. */
export interface Counts {
  requests: number
  errors: number
  refused: number
  duration_ms: number
  slowest_ms: number
  jobs_done: number
  jobs_failed: number
}

/** What a tenant was served in one minute, as app_hidden.record_health takes it. */
export interface MinuteReport extends Counts {
  organization_id: string
  minute: string
}

export interface Tally {
  add(organizationId: string, counts: Partial<Counts>): void
  /** Everything since the last time; from then on it is the taker's. */
  take(): MinuteReport[]
  /** What could not be reported comes along next time, unless it is too old for the database to take it. */
  giveBack(reports: readonly MinuteReport[]): void
}

const minuteMs = 60_000
const tooOldMs = 55 * minuteMs

/** Counts by tenant and minute between two reports. */
export function makeTally(): Tally {
  let minutes = new Map<string, MinuteReport>()

  const merge = (organization_id: string, at: number, counts: Partial<Counts>) => {
    const minute = new Date(at - (at % minuteMs)).toISOString()
    const key = `${organization_id} ${minute}`
    const known = minutes.get(key) ?? { organization_id, minute, ...nothing }
    minutes.set(key, known)
    for (const name of countNames) {
      const more = Math.round(counts[name] ?? 0)
      known[name] = name === 'slowest_ms' ? Math.max(known[name], more) : known[name] + more
    }
  }
  return {
    add: (organizationId, counts) => merge(organizationId, Date.now(), counts),
    take() {
      const taken = [...minutes.values()]
      minutes = new Map()
      return taken
    },
    giveBack(reports) {
      for (const { organization_id, minute, ...counts } of reports) {
        const at = Date.parse(minute)
        if (at > Date.now() - tooOldMs) merge(organization_id, at, counts)
      }
    }
  }
}

const nothing: Counts = {
  requests: 0,
  errors: 0,
  refused: 0,
  duration_ms: 0,
  slowest_ms: 0,
  jobs_done: 0,
  jobs_failed: 0
}
const countNames = Object.keys(nothing) as (keyof Counts)[]
