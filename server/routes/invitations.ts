import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { stretchNew } from '../password.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { fingerprint } from '../tokens.ts'
import { fieldsOf } from './fields.ts'
import { form, json, problems } from './openapi.ts'
import type { Route } from './route.ts'

/**
 * POST /auth/invitations/accept: takes the secret of an invitation or a join code. Here and not in GraphQL, because the database
 * gets the hash of the secret, and whoever has no account makes one with a password.
 */
export const invitationsRoute = (pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route => ({
  method: 'post',
  path: '/auth/invitations/accept',
  operation: {
    operationId: 'acceptInvitation',
    tags: ['accounts'],
    summary: 'Accept an invitation, or use a join code',
    description:
      'Signed in, as the person of the bearer token. Without an account, an e-mail invitation also takes name and password and '
      + 'makes one for the address that it was sent to; sign in then.',
    security: [{ bearer: [] }, {}],
    requestBody: form({
      type: 'object',
      required: ['token'],
      properties: {
        token: { type: 'string', description: 'From the e-mail, or the join code.' },
        name: { type: 'string', description: 'Of a new account: the name to show.' },
        password: { type: 'string', description: 'Of a new account: 10 to 1,000 characters.' }
      }
    }),
    responses: {
      ...json('You are in, or wait for an approval.', {
        type: 'object',
        required: ['organization_id', 'status'],
        properties: { organization_id: { type: 'string', format: 'uuid' }, status: { enum: ['joined', 'pending'] } },
        additionalProperties: false
      }),
      ...problems(401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503)
    }
  },
  handlers: [
    authenticate(read),
    admit(limits),
    ...tokenBody,
    async (request, response) => {
      const { token, name, password } = fieldsOf(request, ['token'], ['name', 'password'])
      const hash = fingerprint(token)
      const { caller, opening } = currentRequest()
      if (caller.kind === 'anonymous' && !(name && password)) throw new HttpError('SIGN_IN_OR_REGISTER')
      const { rows } = await flight(
        pool,
        opening,
        caller.kind === 'anonymous'
          ? {
              name: 'accept_as_new',
              text: 'select * from app_hidden.accept_as_new($1, $2, $3, $4)',
              values: [hash, name, ...(await stretchNew(password!))]
            }
          : { name: 'accept_invitation', text: 'select * from app_hidden.accept_invitation($1)', values: [hash] }
      )
      response.set('Cache-Control', 'no-store').json(rows[0])
    }
  ]
})
