import { Router } from 'express'
import type { Registry } from 'prom-client'
import { HttpError } from '../errors.ts'
import { mayScrape } from '../observability/serve.ts'

/** GET /metrics beside the API, for who has the token. Without one there is no such address. */
export function metricsRoutes(registry: Registry, token: string | undefined): Router {
  const router = Router()
  if (token === undefined) return router
  router.get('/metrics', async (request, response) => {
    if (!mayScrape(request, token)) throw new HttpError('METRICS_TOKEN_INVALID')
    response.type(registry.contentType).send(await registry.metrics())
  })
  return router
}
