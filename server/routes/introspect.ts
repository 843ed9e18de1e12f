import { isIP } from 'node:net'
import type pg from 'pg'
import { partsOf } from '../claims.ts'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import type { ReadToken } from '../tokens.ts'
import { form, json, problems } from './openapi.ts'
import type { Route } from './route.ts'

/** POST /auth/introspect: whether a key or token is alive, and who it is, for services of the same organization (RFC 7662). */
export const introspectRoute = (pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route => ({
  method: 'post',
  path: '/auth/introspect',
  operation: {
    operationId: 'introspect',
    tags: ['tokens'],
    summary: 'Is a token or key good?',
    description:
      'For a service that received a credential: whoever asks shows one of their own, and learns only about those of the same '
      + 'organization. What is not alive, unknown, or of another organization is just not active.',
    security: [{ bearer: [] }],
    requestBody: form({
      type: 'object',
      required: ['token'],
      properties: {
        token: { type: 'string' },
        address: { type: 'string', description: 'Where it was shown: a key may be bound to some addresses.' }
      }
    }),
    responses: {
      ...json('What it is good for.', {
        type: 'object',
        required: ['active'],
        properties: {
          active: { type: 'boolean' },
          token_type: { enum: ['Bearer', 'api_key'] },
          sub: { type: 'string', description: 'Whom it acts as: the id of the person or key.' },
          client_id: { type: 'string', description: 'The API key, if it is one or was given for one.' },
          organization_id: { type: 'string', format: 'uuid' },
          scope: { type: 'string', description: 'The permissions of the key, with spaces between.' },
          iss: { type: 'string' },
          iat: { type: 'integer' },
          exp: { type: 'integer' },
          jti: { type: 'string' }
        },
        additionalProperties: false
      }),
      ...problems(401, 403, 413, 415, 422, 429, 500, 503)
    }
  },
  handlers: [
    authenticate(read),
    admit(limits),
    ...tokenBody,
    async (request, response) => {
      const { token, address = null }: { token?: unknown; address?: unknown } = request.body ?? {}
      if (typeof token !== 'string') throw new HttpError('INVALID_INPUT', { rule: 'token: needed.' })
      if (address !== null && !isIP(String(address))) {
        throw new HttpError('INVALID_INPUT', { rule: 'address: an IPv4 or IPv6 address.' })
      }
      const found = await readQuietly(read, token)
      // Also for what is no token: whoever asks must be somebody.
      const { userId, sessionId, keyHash, keyId, issuer, subject } = partsOf(found?.caller ?? { kind: 'anonymous' })
      const { rows } = await flight(pool, currentRequest().opening, {
        name: 'introspect',
        text: 'select * from app_hidden.introspect($1, $2, $3, $4, $5, $6, $7)',
        values: [userId, sessionId, keyHash, keyId, issuer, subject, address]
      })
      response.set('Cache-Control', 'no-store').json(found && rows[0] ? answer(found, rows[0]) : { active: false })
    }
  ]
})

interface Principal {
  person_id: string | null
  api_key_id: string | null
  organization_id: string
  scopes: string[] | null
  expires_at: Date | null
}

function answer({ caller, payload: { iss, iat, exp, jti } }: ReadToken, principal: Principal) {
  const { person_id: person, api_key_id: key, organization_id, scopes, expires_at: keyEnds } = principal
  const ends = [exp, keyEnds && Math.floor(keyEnds.getTime() / 1000)].filter(end => typeof end === 'number')
  return {
    active: true,
    token_type: caller.kind === 'key' ? 'api_key' : 'Bearer',
    sub: person ?? key,
    ...(key && { client_id: key }),
    organization_id,
    ...(scopes && { scope: scopes.join(' ') }),
    ...(iss && { iss }),
    ...(iat && { iat }),
    ...(ends.length > 0 && { exp: Math.min(...ends) }),
    ...(jti && { jti })
  }
}

/** Undefined for what is no credential, or has expired. */
async function readQuietly(read: ReadCredential, token: string): Promise<ReadToken | undefined> {
  try {
    return await read(token)
  } catch (error) {
    if (error instanceof HttpError && error.problem.status === 401) return undefined
    throw error
  }
}
