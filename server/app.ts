import type { KeyObject } from 'node:crypto'
import express, { type Express } from 'express'
import type pg from 'pg'
import type { Logger } from 'pino'
import { authenticate } from './middleware/authenticate.ts'
import { graphqlBody } from './middleware/body.ts'
import { securityHeaders } from './middleware/headers.ts'
import { observe } from './middleware/observe.ts'
import { answerProblems, nothingHere } from './middleware/problems.ts'
import { identifyRequest } from './middleware/request.ts'
import type { Observability } from './observability/start.ts'
import { healthRoutes } from './routes/health.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { tokenRoutes } from './routes/token.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface AppParts {
  pool: pg.Pool
  log: Logger
  signingKey: KeyObject
  vocabulary: Vocabulary
  production: boolean
  observability: Observability
  /** Lets who has it read /metrics here. */
  metricsToken: string | undefined
  /** Adds PostGraphile's routes. */
  addGraphql: (app: Express) => Promise<void>
}

/** The order in which a request meets everything. */
export async function makeApp({
  pool,
  log,
  signingKey,
  vocabulary,
  production,
  observability,
  metricsToken,
  addGraphql
}: AppParts): Promise<Express> {
  const app = express()
  app.disable('x-powered-by')
  app.use(identifyRequest({ log, ...observability }))
  app.use(observe(observability.metrics, observability.tally))
  app.use(securityHeaders(production))
  app.use(healthRoutes(pool))
  app.use(metricsRoutes(observability.metrics.registry, metricsToken))
  app.use(tokenRoutes(pool, signingKey))
  app.use('/graphql', authenticate(signingKey), graphqlBody)
  await addGraphql(app)
  app.use(nothingHere)
  app.use(answerProblems(vocabulary))
  return app
}
