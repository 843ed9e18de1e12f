import pg from 'pg'
import { isSafeError } from 'postgraphile/grafast'
import { OpeningRefused, PoolBusy } from './pg.ts'
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

/** The server's own refusals; those of the database are listed by `app_hidden.error_codes()`. */
export const httpErrors = {
  MALFORMED_JSON: {
    status: 400,
    message: 'The body is not valid JSON.',
    remedy: 'Check quotes and commas of what was sent; "line" says where, in a body of lines.'
  },
  GRAPHQL_INVALID: {
    status: 400,
    message: 'The GraphQL request is not valid.',
    remedy: 'Check it against the schema.'
  },
  QUERY_TOO_COMPLEX: {
    status: 400,
    message: 'The GraphQL document asks for too much.',
    remedy: 'Split it; "rule" says what is taken.'
  },
  RATE_LIMITED: {
    status: 429,
    message: 'Too many requests.',
    remedy: 'Wait "retry_after" seconds; "level" says whose limit it is.'
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 429,
    message: 'You have too many subscriptions open.',
    remedy: 'Close some; "limit" says how many there may be.'
  },
  TOO_MANY_SIGN_INS: {
    status: 429,
    message: 'Too many passwords are being checked.',
    remedy: 'Try again in a few seconds.'
  },
  PASSWORD_WRONG: {
    status: 403,
    message: 'The present password is wrong.',
    remedy: 'Send the one that you sign in with, or ask for a new one at /auth/password/forgot.'
  },
  SIGN_IN_OR_REGISTER: {
    status: 401,
    message: 'This needs somebody signed in, or a new account.',
    remedy:
      'Sign in and send the access token, or send "name" and "password" to make an account for the invited address.'
  },
  INVALID_INPUT: { status: 422, message: 'A value is not acceptable.', remedy: 'See "rule" for what is.' },
  TOKEN_INVALID: { status: 401, message: 'The access token is not valid.', remedy: 'Get a new one from /auth/token.' },
  API_KEY_MALFORMED: {
    status: 401,
    message: 'This is not a whole API key: its form or checksum is wrong.',
    remedy: 'Copy it again, all 70 characters; it was shown when it was created.'
  },
  REFRESH_TOKEN_REUSED: {
    status: 400,
    message: 'The refresh token was used before, so its session has ended.',
    remedy: 'Sign in again. If it was not you who used it, somebody has a copy.'
  },
  ISSUER_UNAVAILABLE: {
    status: 503,
    message: 'The keys of the issuer of this token are out of reach.',
    remedy: 'Try again in a moment.'
  },
  TOKEN_EXPIRED: {
    status: 401,
    message: 'The access token has expired.',
    remedy: 'Exchange the refresh token at /auth/token.'
  },
  METRICS_TOKEN_INVALID: {
    status: 401,
    message: 'The metrics need their own token.',
    remedy: 'Send ROWGATE_METRICS_TOKEN as "Authorization: Bearer …".'
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    message: 'There is nothing at this address.',
    remedy: 'GraphQL is at /graphql, tokens at /auth/token, usage at /v1/usage.'
  },
  CROSS_SITE: {
    status: 403,
    message: 'This is only for pages of this address.',
    remedy:
      'Send X-Rowgate-Page from a page of the same origin, or leave "store" out and keep the refresh token yourself.'
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: 'This address does not take that method.',
    remedy: 'Use the method in the Allow header.'
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: 'The body is larger than this address takes.',
    remedy: 'Split the request; "limit" says how many bytes there may be.'
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'The body has a content type that is not taken here.',
    remedy: 'Send application/json, or what /openapi.json names for this address.'
  },
  INTERNAL: {
    status: 500,
    message: 'Something went wrong on our side.',
    remedy: 'Try again; if it stays, report the request_id.'
  },
  OPERATION_NOT_ALLOWED: {
    status: 403,
    message: 'Only operations that are known here are run.',
    remedy: 'Send the "documentId" of one of them.'
  },
  OVERLOADED: {
    status: 503,
    message: 'Too many requests wait already.',
    remedy: 'Wait "retry_after" seconds and try again.'
  },
  DATABASE_UNAVAILABLE: { status: 503, message: 'The database is out of reach.', remedy: 'Try again in a moment.' },
  TIMEOUT: { status: 503, message: 'The request took too long and was stopped.', remedy: 'Ask for less at once.' },
  RETRY: { status: 503, message: 'The request met another one and was undone.', remedy: 'Send it again.' }
} as const satisfies Record<string, { status: number; message: string; remedy: string }>

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
    super(message)
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
