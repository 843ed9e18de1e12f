import type { Response } from 'express'
import type { Level } from './buckets.ts'

/** RateLimit-Policy and RateLimit as draft-ietf-httpapi-ratelimit-headers has them (structured fields). */
export function tellLevels(response: Response, levels: readonly Level[]): void {
  if (levels.length === 0 || response.headersSent) return
  response.set(
    'RateLimit-Policy',
    levels
      .map(
        ({ bucket: { scope, quota, seconds, burst } }) => `"${scope}";q=${quota};w=${seconds};rowgate-burst=${burst}`
      )
      .join(', ')
  )
  response.set(
    'RateLimit',
    levels.map(({ bucket, remaining, reset }) => `"${bucket.scope}";r=${remaining};t=${reset}`).join(', ')
  )
}
