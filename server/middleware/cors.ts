import cors from 'cors'
import type { RequestHandler } from 'express'

/** Lets pages of these origins call the API with a token or key. There is no cookie, so credentials are not allowed. */
export const allowOrigins = (origins: readonly string[]): RequestHandler =>
  cors({
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'x-tenant-id'],
    exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'],
    maxAge: 600
  })
