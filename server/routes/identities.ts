import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import type { ReadForeign } from '../issuers.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { form, problems } from './openapi.ts'
import type { Route } from './route.ts'

/** POST /auth/identities: whoever is signed in and has a token of another issuer links the two. */
export const identitiesRoute = (
  pool: pg.Pool,
  read: ReadCredential,
  readForeign: ReadForeign,
  limits: RateLimits
): Route => ({
  method: 'post',
  path: '/auth/identities',
  operation: {
    operationId: 'linkIdentity',
    tags: ['tokens'],
    summary: 'Link an account of another issuer',
    description:
      'From then on tokens of that issuer act as you. You show both: your session here as the bearer token, and a token of the '
      + 'other issuer in the body.',
    security: [{ bearer: [] }],
    requestBody: form({ type: 'object', required: ['token'], properties: { token: { type: 'string' } } }),
    responses: {
      204: { description: 'They are linked.' },
      ...problems(401, 403, 409, 413, 415, 422, 429, 500, 503)
    }
  },
  handlers: [
    authenticate(read),
    admit(limits),
    ...tokenBody,
    async (request, response) => {
      const token: unknown = request.body?.token
      if (typeof token !== 'string') throw new HttpError('INVALID_INPUT', { rule: 'token: needed.' })
      const { caller } = await readForeign(token)
      if (caller.kind !== 'identity') throw new HttpError('TOKEN_INVALID')
      await flight(pool, currentRequest().opening, {
        name: 'link_identity',
        text: 'select app_hidden.link_identity($1, $2)',
        values: [caller.issuer, caller.subject]
      })
      response.status(204).end()
    }
  ]
})
