import type { RequestHandler } from 'express'
import type { RateLimits } from '../rates/limits.ts'

/** Refuses who asks too often, before anything is done for them. */
export const admit =
  (limits: RateLimits): RequestHandler =>
  async (request, response, next) => {
    await limits.admit(request, response)
    next()
  }
