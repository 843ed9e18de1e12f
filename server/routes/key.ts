import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { admit } from '../middleware/rates.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { makeVerifier } from '../verify.ts'
import { json, problems } from './openapi.ts'
import type { Route } from './route.ts'

/** GET /v1/key: what the key that asks may do, for gateways that pass on what they were shown. */
export function keyRoute(pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route {
  const verify = makeVerifier(pool)
  return {
    method: 'get',
    path: '/v1/key',
    operation: {
      operationId: 'verifyKey',
      tags: ['tokens'],
      summary: 'Is this key good, and for what?',
      description:
        'For a gateway that passes on the Authorization header that it was shown. What holds is read at this moment; a key that '
        + 'is revoked, paused, expired or used from elsewhere is refused as it would be anywhere, and its rate limit counts.',
      security: [{ bearer: [] }],
      responses: { ...json('The key.', card), ...problems(401, 403, 422, 429, 500, 503) }
    },
    handlers: [
      authenticate(read),
      admit(limits),
      async (_request, response) => {
        response
          .set('Cache-Control', 'no-store')
          .type('json')
          .send(await describeKey())
      }
    ]
  }

  async function describeKey(): Promise<string> {
    const context = currentRequest()
    const { caller, address, tenantHints, learns } = context
    const isKey = caller.kind === 'key' || caller.kind === 'key_token'
    // What is refused, or has to be looked at more closely, makes the way of every other request.
    const verified = isKey && tenantHints.length === 0 && !learns ? await verify(caller, address) : undefined
    if (!verified) {
      const { rows } = await flight<{ card: string }>(pool, context.opening, {
        name: 'own_key_card',
        text: 'select app_hidden.own_key_card()::text as card'
      })
      return rows[0]!.card
    }
    context.tenant = verified.organization_id
    context.key = verified.key_id
    context.slug = verified.slug
    return verified.card
  }
}

const text = { type: 'string' }
const uuid = { type: 'string', format: 'uuid' }
const card = {
  type: 'object',
  required: [
    'key_id',
    'name',
    'mode',
    'organization_id',
    'organization',
    'team_id',
    'scopes',
    'allowed_models',
    'expires_at'
  ],
  properties: {
    key_id: uuid,
    name: text,
    mode: { enum: ['live', 'test'] },
    organization_id: uuid,
    organization: { ...text, description: 'Its slug.' },
    team_id: { type: ['string', 'null'], format: 'uuid', description: 'Where it books, if it is bound to a team.' },
    scopes: { type: 'array', items: text, description: 'The permissions that it holds now.' },
    allowed_models: { type: ['array', 'null'], items: text, description: 'Null: all.' },
    expires_at: { type: ['string', 'null'], format: 'date-time' }
  },
  additionalProperties: false
}
