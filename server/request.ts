import { AsyncLocalStorage } from 'node:async_hooks'
import type { Logger } from 'pino'
import type { Caller } from './claims.ts'
import type { Problem } from './errors.ts'
import type { Trace } from './observability/trace.ts'
import type { Opening } from './pg.ts'
import type { Bucket } from './rates/buckets.ts'

/** What is known of the request that is being answered, everywhere in its asynchronous course. */
export interface RequestContext {
  id: string
  trace: Trace
  log: Logger
  caller: Caller
  /** Where it comes from: the client's address, as far as the proxies in front are trusted. */
  address: string | undefined
  /** The tenants that the client asks for, each by id or slug: in the header, the subdomain and the query. */
  tenantHints: readonly string[]
  /** Opens each of its transactions; made from caller and hints once they are known. */
  opening: Opening
  /** Whether its opening also asks for the caller's rate limits. */
  learns?: boolean
  /** Once the database has said so: the tenant that it chose, and the person or API key that acts. */
  tenant?: string | undefined
  person?: string | undefined
  key?: string | undefined
  /** The tenant's slug. */
  slug?: string | undefined
  /** Aborted when nobody waits for the answer any more, or it took too long. */
  signal?: AbortSignal
  /** Called when the answer has become a stream, which may last. */
  stream?: () => void
  /** Milliseconds until the answer, where it was a stream. */
  streamedAfter?: number
  /** What it takes from, and how much. */
  buckets: readonly Bucket[]
  points: number
  /** Set when resolving the request was refused: it becomes the answer, whatever else was computed. */
  refusal?: Problem
  /** Everything that the client is told to have been refused or to have failed. */
  problems: Problem[]
}

/** Whether it went wrong on our side: as a whole, or in a field of an answer whose status is 200. */
export const hasFailed = ({ problems }: RequestContext, status: number): boolean =>
  status >= 500 || problems.some(problem => problem.status >= 500)

/** What every log line of a request tells. */
export function labelsOf({ id, caller, tenant, slug, ...resolved }: RequestContext): Record<string, string> {
  // Who was named counts until the database has said who it is; of a key its visible part is known to its owners.
  const person = resolved.person ?? (caller.kind === 'person' ? caller.userId : undefined)
  const prefix = caller.kind === 'key' ? caller.prefix : undefined
  const key = prefix ?? resolved.key ?? (caller.kind === 'key_token' ? caller.keyId : undefined)
  return {
    reqId: id,
    ...(tenant && { tenant }),
    ...(slug && { slug }),
    ...(person && { user: person }),
    ...(key && { key })
  }
}

const storage = new AsyncLocalStorage<RequestContext>()

export const withRequest = <T>(context: RequestContext, work: () => T): T => storage.run(context, work)

/** Undefined outside of a request, while the schema is read for example. */
export const findRequest = (): RequestContext | undefined => storage.getStore()

/** Throws outside of a request: nothing may run without knowing for whom. */
export function currentRequest(): RequestContext {
  const context = storage.getStore()
  if (!context) throw new Error('There is no request here.')
  return context
}
