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
  /** The tenant that the client asks for: id or slug. */
  tenantHint?: string | undefined
  /** Opens each of its transactions; made from caller and hints once they are known. */
  opening: Opening
  /** The tenant that the database chose, once it has. */
  tenant?: string
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
