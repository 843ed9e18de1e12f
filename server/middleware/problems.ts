import type { ErrorRequestHandler, RequestHandler } from 'express'
import { headersOf, HttpError, problemOf, type Problem } from '../errors.ts'
import { asGraphQL } from '../plugins/answers.ts'
import { currentRequest } from '../request.ts'
import type { Vocabulary } from '../vocabulary.ts'

export const nothingHere: RequestHandler = () => {
  throw new HttpError('ROUTE_NOT_FOUND')
}

/** The last resort of every route: RFC 9457 for REST, GraphQL's own form at /graphql. */
export function answerProblems(vocabulary: Vocabulary): ErrorRequestHandler {
  return (error, request, response, next) => {
    const context = currentRequest()
    let problem = problemOf(asHttpError(error), vocabulary)
    if (!problem) {
      context.log.error({ err: error }, 'unexpected error')
      problem = { ...new HttpError('INTERNAL').problem, request_id: context.id }
    }
    context.refusal = problem
    context.problems.push(problem)
    // Half an answer can't be taken back; the client sees the connection break.
    if (response.headersSent) return next(error)
    response.set(headersOf(problem)).status(problem.status)
    if (request.path === '/auth/token') response.set('Cache-Control', 'no-store').json(asOAuth(problem))
    else if (request.path === '/graphql') response.json({ errors: [asGraphQL(problem)] })
    else response.type('application/problem+json').send(JSON.stringify(asProblemJson(problem)))
  }
}

/** RFC 6749, 5.2: its own names for the kind, and our code beside them. */
const asOAuth = ({ message, ...rest }: Problem) => ({
  error:
    rest.status >= 500 || rest.status === 429
      ? 'temporarily_unavailable'
      : rest.status === 401
        ? 'invalid_client'
        : 'invalid_request',
  error_description: message,
  ...rest
})

const asProblemJson = ({ message, remedy, ...rest }: Problem) => ({
  type: 'about:blank',
  title: message,
  detail: remedy,
  ...rest
})

/** Express's body parsers throw errors of their own form. */
function asHttpError(error: unknown): unknown {
  const { type, status, limit } = (error ?? {}) as { type?: string; status?: number; limit?: number }
  if (type === 'entity.too.large' || type === 'parameters.too.many') return new HttpError('BODY_TOO_LARGE', { limit })
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new HttpError('UNSUPPORTED_MEDIA_TYPE')
  if (type || (status && status >= 400 && status < 500)) return new HttpError('MALFORMED_JSON')
  return error
}
