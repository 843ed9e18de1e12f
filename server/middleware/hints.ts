import type { Request, RequestHandler } from 'express'
import { currentRequest } from '../request.ts'

/**
 * Reads which tenant the client asks for. A hint is a request: the database lets nobody in whom it does not know there, and
 * refuses hints that disagree.
 */
export const readHints =
  (baseDomain: string | undefined): RequestHandler =>
  (request, _response, next) => {
    currentRequest().tenantHints = [
      request.get('x-tenant-id')?.trim() ?? '',
      subdomainOf(request, baseDomain),
      ...[request.query['tenant_id']].flat().map(value => (typeof value === 'string' ? value.trim() : ''))
    ].filter(Boolean)
    next()
  }

/** What stands before the base domain; of a proxy that is trusted, its X-Forwarded-Host counts. */
function subdomainOf({ hostname = '' }: Request, baseDomain: string | undefined): string {
  const ending = `.${baseDomain}`
  const host = hostname.toLowerCase()
  return baseDomain !== undefined && host.endsWith(ending) ? host.slice(0, -ending.length) : ''
}
