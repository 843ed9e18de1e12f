import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** helmet's defaults; the explorer, which is not there in production, needs the inline script of its page. */
export function securityHeaders(production: boolean): RequestHandler {
  const strict = helmet({
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, useDefaults: false }
  })
  if (production) return strict
  const explorer = helmet({ contentSecurityPolicy: false })
  return (request, response, next) =>
    (request.path === '/' || request.path.startsWith('/ruru-static/') ? explorer : strict)(request, response, next)
}
