import type { KeyObject } from 'node:crypto'
import express, { type Express } from 'express'
import type pg from 'pg'
import type { Logger } from 'pino'
import { authenticate } from './middleware/authenticate.ts'
import { graphqlBody } from './middleware/body.ts'
import { allowOrigins } from './middleware/cors.ts'
import { deadline } from './middleware/deadline.ts'
import { securityHeaders } from './middleware/headers.ts'
import { answerProblems, nothingHere } from './middleware/problems.ts'
import { admit } from './middleware/rates.ts'
import { identifyRequest } from './middleware/request.ts'
import { healthRoutes } from './routes/health.ts'
import { tokenRoutes } from './routes/token.ts'
import type { Operations } from './operations.ts'
import type { RateLimits } from './rates/limits.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface AppParts {
  pool: pg.Pool
  log: Logger
  signingKey: KeyObject
  vocabulary: Vocabulary
  production: boolean
  limits: RateLimits
  trustedProxies: readonly string[]
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
  signingKey,
  vocabulary,
  production,
  limits,
  trustedProxies,
  corsOrigins,
  requestTimeout,
  operations,
  addGraphql
}: AppParts): Promise<Express> {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', [...trustedProxies])
  app.use(identifyRequest(log))
  app.use(deadline(requestTimeout))
  app.use(securityHeaders(production))
  if (corsOrigins.length) app.use(allowOrigins(corsOrigins))
  app.use(healthRoutes(pool))
  app.use(tokenRoutes(pool, signingKey, limits))
  app.use('/graphql', authenticate(signingKey), admit(limits), graphqlBody(limits, operations))
  await addGraphql(app)
  app.use(nothingHere)
  app.use(answerProblems(vocabulary))
  return app
}
