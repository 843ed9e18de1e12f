import pg from 'pg'
import { isSafeError } from 'postgraphile/grafast'
import { OpeningRefused, PoolBusy } from './pg.ts'
import { httpErrors } from './refusals.ts'
import { currentRequest } from './request.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a client is told: the same content as GraphQL `extensions` and as `application/problem+json`. */
export interface Problem {
  status: number
  code: string
  message: string
  remedy?: string
  [detail: string]: unknown
}

/** The headers that a refusal brings along. */
export const headersOf = ({ status, retry_after: seconds }: Problem): Record<string, string> => ({
  ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  ...(typeof seconds === 'number' && { 'Retry-After': String(seconds) })
})

/** A refusal by the server itself. */
export class HttpError extends Error {
  readonly problem: Problem
  constructor(code: keyof typeof httpErrors, detail: Record<string, unknown> = {}) {
    const { status, message, remedy } = httpErrors[code]
    // Nobody reads where it was thrown, and finding that out is the dearest part of a refusal: 28 of 390 us.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = stackTraceLimit
    this.problem = { status, code, message, remedy, ...detail }
  }
}

/** Which SQLSTATEs that PostgreSQL raises by itself a client may cause, and what it is told instead of their text. */
const sqlStates: [RegExp, string][] = [
  [/^54...$/, 'QUERY_TOO_COMPLEX'],
  [/^42501$/, 'FORBIDDEN'],
  [/^23505$/, 'ALREADY_EXISTS'],
  [/^23503$/, 'NOT_FOUND'],
  [/^(23514|23502|22...)$/, 'INVALID_INPUT'],
  [/^(57014|25P03)$/, 'TIMEOUT'],
  [/^(40001|40P01|55P03)$/, 'RETRY'],
  [/^(08...|53...|57P0.|58...|28...|3D000)$/, 'DATABASE_UNAVAILABLE']
]

/** Undefined for what nobody expected: that is logged, and the client gets the request id only. */
export function problemOf(error: unknown, { errors, rules }: Vocabulary): Problem | undefined {
  if (error instanceof HttpError) return error.problem
  if (error instanceof PoolBusy) return new HttpError('OVERLOADED', { retry_after: 1 }).problem
  // Refusals of arguments, cursors for example, in words meant for the client. The filter plugin throws plain errors.
  if (
    error instanceof Error
    && (isSafeError(error) || / are forbidden in filter argument input\.$/.test(error.message))
  ) {
    return { code: 'GRAPHQL_INVALID', ...httpErrors.GRAPHQL_INVALID, rule: error.message }
  }
  const cause = error instanceof OpeningRefused ? error.cause : error
  if (!(cause instanceof pg.DatabaseError)) {
    return isConnectionLoss(cause) ? { code: 'DATABASE_UNAVAILABLE', ...httpErrors.DATABASE_UNAVAILABLE } : undefined
  }
  const { code = '', detail, constraint, column } = cause
  if (code === '42501' && currentRequest().caller.kind === 'anonymous') {
    // PostgreSQL knows only that the role lacks the right; that nobody is signed in is the reason.
    return { code: 'UNAUTHENTICATED', ...errors.get('UNAUTHENTICATED')! }
  }
  if (code.startsWith('RG')) {
    // Last: a detail may be called "status" as well, a hold's for example.
    return { ...JSON.parse(detail ?? '{}'), status: Number(code.slice(2)), code: cause.message }
  }
  const known = sqlStates.find(([pattern]) => pattern.test(code))?.[1]
  if (!known) return undefined
  const words = errors.get(known) ?? httpErrors[known as keyof typeof httpErrors]
  const form = code.startsWith('22') ? / for type (\w+)/.exec(cause.message)?.[1] : undefined
  const rule =
    rules.get(constraint ?? '')
    ?? (code === '23502' && column ? `${column}: needed.` : undefined)
    ?? (form && `A value has not the form of a ${form}.`)
  return { code: known, ...words, ...(rule && { rule }) }
}

/** Refusals that were decided before any data: they are the HTTP status of the whole answer. */
export function refusesWholeAnswer(error: unknown, problem: Problem): boolean {
  return (
    error instanceof OpeningRefused
    || error instanceof PoolBusy
    || problem.code === 'TOO_MANY_SUBSCRIPTIONS'
    || problem.code === 'DATABASE_UNAVAILABLE'
    // The whole request has run out of time, not one statement.
    || error === currentRequest().signal?.reason
    || (problem.code === 'TIMEOUT' && currentRequest().signal?.aborted === true)
  )
}

function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string }
  return (
    /^E(CONN|PIPE|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN)/.test(code)
    || /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/i.test(
      message
    )
  )
}
