import express, { type Express } from 'express'
import type { Logger } from 'pino'
import { authenticate } from './middleware/authenticate.ts'
import { graphqlBody } from './middleware/body.ts'
import { consolePages } from './middleware/console.ts'
import { allowOrigins } from './middleware/cors.ts'
import { deadline } from './middleware/deadline.ts'
import { securityHeaders } from './middleware/headers.ts'
import { observe } from './middleware/observe.ts'
import { answerProblems, nothingHere } from './middleware/problems.ts'
import { admit } from './middleware/rates.ts'
import { readHints } from './middleware/hints.ts'
import { identifyRequest } from './middleware/request.ts'
import type { Observability } from './observability/start.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { allRoutes, type RouteParts } from './routes/all.ts'
import { mount } from './routes/route.ts'
import type { Operations } from './operations.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface AppParts extends RouteParts {
  log: Logger
  vocabulary: Vocabulary
  observability: Observability
  /** Lets who has it read /metrics here. */
  metricsToken: string | undefined
  trustedProxies: readonly string[]
  /** The domain whose subdomains name tenants. */
  baseDomain: string | undefined
  /** Whose pages may call the API from a browser. */
  corsOrigins: readonly string[]
  /** Seconds that a request may take. */
  requestTimeout: number
  /** If given, the only documents that may be run. */
  operations?: Operations | undefined
  /** Adds PostGraphile's routes. */
  addGraphql: (app: Express) => Promise<void>
}

/** The order in which a request meets everything. */
export async function makeApp({
  pool,
  log,
  keys,
  readForeign,
  vocabulary,
  production,
  observability,
  metricsToken,
  limits,
  trustedProxies,
  baseDomain,
  corsOrigins,
  requestTimeout,
  operations,
  addGraphql
}: AppParts): Promise<Express> {
  const app = express()
  app.disable('x-powered-by')
  // No answer is asked for again to see whether it changed.
  app.disable('etag')
  app.set('trust proxy', [...trustedProxies])
  app.use(identifyRequest({ log, ...observability }))
  app.use(readHints(baseDomain))
  app.use(observe(observability.metrics, observability.tally, observability.keyTally))
  app.use(deadline(requestTimeout))
  app.use(securityHeaders(production))
  app.use(metricsRoutes(observability.metrics.registry, metricsToken))
  if (corsOrigins.length) app.use(allowOrigins(corsOrigins))
  const { routes, read } = allRoutes({ pool, keys, readForeign, limits, production })
  app.use(mount(routes))
  app.use('/console', consolePages())
  app.use('/graphql', authenticate(read), admit(limits), graphqlBody(limits, operations))
  await addGraphql(app)
  app.use(nothingHere)
  app.use(answerProblems(vocabulary))
  return app
}
