import express, { type RequestHandler } from 'express'
import { HttpError } from '../errors.ts'

const limit = '1mb'

/** Bodies of /graphql. Browsers send other types across origins without asking, so no other type is taken. */
export const graphqlBody: RequestHandler[] = [
  (request, _response, next) => {
    if (request.method === 'POST' && !request.is(['application/json', 'application/graphql'])) {
      throw new HttpError('UNSUPPORTED_MEDIA_TYPE')
    }
    next()
  },
  express.json({ limit }),
  express.text({ limit, type: 'application/graphql' }),
  (request, _response, next) => {
    const { body, method } = request
    // Checked here, because PostGraphile answers these cases without a code.
    if (method === 'POST' && typeof body !== 'string' && typeof body?.query !== 'string') {
      throw new HttpError('GRAPHQL_INVALID', { rule: 'query: needed, a string.' })
    }
    next()
  }
]

/** Bodies of the token endpoint: a form, as OAuth 2 has it (RFC 6749, 3.2), or the same as JSON. */
export const tokenBody: RequestHandler[] = [express.urlencoded({ limit, extended: false }), express.json({ limit })]
