import type pg from 'pg'
import { credentialReader, type ReadCredential } from '../credentials.ts'
import type { ReadForeign } from '../issuers.ts'
import type { TokenKeys } from '../keys.ts'
import type { RateLimits } from '../rates/limits.ts'
import { accountRoutes } from './accounts.ts'
import { documentRoutes, jwksRoute } from './documents.ts'
import { exportJobRoutes } from './export_jobs.ts'
import { exportRoutes } from './exports.ts'
import { healthRoutes } from './health.ts'
import { identitiesRoute } from './identities.ts'
import { introspectRoute } from './introspect.ts'
import { invitationsRoute } from './invitations.ts'
import { keyRoute } from './key.ts'
import type { Route } from './route.ts'
import { tokenRoute } from './token.ts'
import { usageRoutes } from './usage.ts'

export interface RouteParts {
  pool: pg.Pool
  keys: TokenKeys
  readForeign: ReadForeign
  limits: RateLimits
  production: boolean
}

/** The one table of REST routes; what they have to say about themselves makes the OpenAPI document. */
export function allRoutes({ pool, keys, readForeign, limits, production }: RouteParts): {
  routes: Route[]
  read: ReadCredential
} {
  const read = credentialReader(keys, readForeign)
  const routes = [
    ...healthRoutes(pool),
    tokenRoute(pool, keys, limits, production),
    introspectRoute(pool, read, limits),
    identitiesRoute(pool, read, readForeign, limits),
    ...accountRoutes(pool, read, limits),
    invitationsRoute(pool, read, limits),
    keyRoute(pool, read, limits),
    ...usageRoutes(pool, read, limits),
    ...exportRoutes(pool, read, limits),
    ...exportJobRoutes(pool, read, keys, limits),
    jwksRoute(keys)
  ]
  return { routes: [...routes, ...documentRoutes(routes)], read }
}
