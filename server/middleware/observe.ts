import type { Request, RequestHandler } from 'express'
import type { KeyTally } from '../observability/key_tally.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Tally } from '../observability/tally.ts'
import { currentRequest, hasFailed } from '../request.ts'

/** Counts each request when its answer is out: in the metrics, for its tenant's health, and for its key. */
export function observe(metrics: Metrics, tally: Tally, keyTally: KeyTally): RequestHandler {
  return (request, response, next) => {
    const context = currentRequest()
    const began = performance.now()
    const arrived = Date.now()
    response.once('close', () => {
      const { caller, tenant, problems, streamedAfter } = context
      const milliseconds = streamedAfter ?? performance.now() - began
      // Who goes away before the answer has got none, whatever its status was going to be; a stream ends by going away.
      const status = response.writableFinished || streamedAfter !== undefined ? response.statusCode : 499
      const failed = hasFailed(context, status)
      const refused = !failed && (status >= 400 || problems.length > 0)
      const outcome = failed ? 'error' : refused ? 'refused' : 'ok'
      metrics.count({ route: routeOf(request), status, seconds: milliseconds / 1000, outcome, tenant, problems })
      if (tenant === undefined) return
      keyTally.add(caller, arrived)
      tally.add(tenant, {
        requests: 1,
        errors: Number(failed),
        refused: Number(refused),
        duration_ms: milliseconds,
        slowest_ms: milliseconds
      })
    })
    next()
  }
}

/** The pattern that answered, never the address itself: there is no end to those. */
function routeOf({ route, path }: Request): string {
  if (route) return String(route.path)
  return path === '/graphql' ? path : '_other'
}
