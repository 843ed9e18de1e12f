import express, { type RequestHandler } from 'express'
import { HttpError } from '../errors.ts'
import { assertModest } from '../limits.ts'
import { findOperation, type Operations } from '../operations.ts'
import type { RateLimits } from '../rates/limits.ts'

const limit = '1mb'

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

// Whoever reads a value calls itself for each of its levels.
const mostDepth = 100

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= mostDepth; depth++) {
    level = level.flatMap(item => (typeof item === 'object' && item !== null ? Object.values(item) : []))
    if (level.length === 0) return false
  }
  return true
}

/** The parts of a GraphQL request over HTTP and what each may be; PostGraphile answers other forms without a code. */
const parts: [name: string, form: string, fits: (value: unknown) => boolean][] = [
  ['query', 'a string', value => typeof value === 'string'],
  ['operationName', 'a string or null', value => value == null || typeof value === 'string'],
  ['variables', 'an object or null', value => value == null || isObject(value)],
  ['extensions', 'an object or null', value => value == null || isObject(value)],
  [
    'onError',
    'NULL, PROPAGATE or HALT',
    value => value == null || ['NULL', 'PROPAGATE', 'HALT'].includes(value as string)
  ]
]

const checkGraphql =
  (limits: RateLimits, operations?: Operations): RequestHandler =>
  async (request, response, next) => {
    const body = typeof request.body === 'string' ? { query: request.body } : request.body
    if (!isObject(body)) throw new HttpError('GRAPHQL_INVALID', { rule: 'the body: a JSON object with "query".' })
    if (operations) body.query = findOperation(operations, body)
    for (const [name, form, fits] of parts) {
      if (!fits(body[name])) throw new HttpError('GRAPHQL_INVALID', { rule: `${name}: ${form}.` })
    }
    if (isDeep(body.variables)) {
      throw new HttpError('GRAPHQL_INVALID', { rule: `variables: at most ${mostDepth} levels.` })
    }
    await limits.charge(response, assertModest(body))
    next()
  }

/** Only these methods; the rest is told which. */
export const onlyMethod =
  (...allowed: string[]): RequestHandler =>
  (request, response, next) => {
    if (!allowed.includes(request.method)) {
      response.set('Allow', allowed.join(', '))
      throw new HttpError('METHOD_NOT_ALLOWED')
    }
    next()
  }

/** Only these content types: browsers send others across origins without asking. */
export const onlyType =
  (...types: string[]): RequestHandler =>
  (request, _response, next) => {
    if (!request.is(types)) throw new HttpError('UNSUPPORTED_MEDIA_TYPE')
    next()
  }

/** Subscriptions are answered as a stream whatever is accepted, and PostGraphile would refuse who accepts nothing else. */
const acceptStreams: RequestHandler = (request, _response, next) => {
  if (request.headers.accept?.includes('text/event-stream')) request.headers.accept = 'application/json'
  next()
}

export const graphqlBody = (limits: RateLimits, operations?: Operations): RequestHandler[] => [
  acceptStreams,
  onlyMethod('POST'),
  onlyType('application/json', 'application/graphql'),
  // Not only objects and arrays: what else there is gets its own answer.
  express.json({ limit, strict: false }),
  express.text({ limit, type: 'application/graphql' }),
  checkGraphql(limits, operations)
]

/** Bodies of what is about tokens: a form, as OAuth 2 has it (RFC 6749, 3.2), or the same as JSON. */
export const tokenBody: RequestHandler[] = [
  onlyType('application/x-www-form-urlencoded', 'application/json'),
  express.urlencoded({ limit, extended: false }),
  express.json({ limit })
]
