import type { KeyObject } from 'node:crypto'
import express, { type Express } from 'express'
import type pg from 'pg'
import type { Logger } from 'pino'
import { authenticate } from './middleware/authenticate.ts'
import { graphqlBody } from './middleware/body.ts'
import { securityHeaders } from './middleware/headers.ts'
import { answerProblems, nothingHere } from './middleware/problems.ts'
import { admit } from './middleware/rates.ts'
import { identifyRequest } from './middleware/request.ts'
import { healthRoutes } from './routes/health.ts'
import { tokenRoutes } from './routes/token.ts'
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
  addGraphql
}: AppParts): Promise<Express> {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', [...trustedProxies])
  app.use(identifyRequest(log))
  app.use(securityHeaders(production))
  app.use(healthRoutes(pool))
  app.use(tokenRoutes(pool, signingKey, limits))
  app.use('/graphql', authenticate(signingKey), admit(limits), graphqlBody(limits))
  await addGraphql(app)
  app.use(nothingHere)
  app.use(answerProblems(vocabulary))
  return app
}
