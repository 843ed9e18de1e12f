import type { Request, Response } from 'express'
import type pg from 'pg'
import { readApiKey } from '../api_key.ts'
import { HttpError } from '../errors.ts'
import type { TokenKeys } from '../keys.ts'
import { openFor } from '../middleware/authenticate.ts'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { stretch } from '../password.ts'
import { flight } from '../pg.ts'
import { networkOf } from '../rates/address.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { sessionCookie, type SessionCookie } from '../session_cookie.ts'
import { accessTokenLifetime, fingerprint, issueAccessToken, newRefreshToken, type Subject } from '../tokens.ts'
import { form, json, oauthErrors } from './openapi.ts'
import type { Route } from './route.ts'

interface Session {
  user_id: string
  session_id: string
  organization_id: string | null
}

/** What a grant comes to; or it has answered with a refusal already. */
interface Grant {
  subject: Subject
  refreshToken?: string
}

interface Fields {
  request: Request
  response: Response
  /** Of a page that keeps its refresh token there. */
  cookie: SessionCookie | undefined
  field(name: string): string
}

/** POST /auth/token: OAuth 2's grants password, refresh_token and client_credentials (RFC 6749), with its error codes. */
export function tokenRoute(pool: pg.Pool, keys: TokenKeys, limits: RateLimits, production: boolean): Route {
  const ask = async (text: string, values: unknown[]): Promise<readonly any[]> =>
    (await flight(pool, currentRequest().opening, { name: text, text, values })).rows

  async function byPassword({ request, response, field }: Fields): Promise<Grant | undefined> {
    const [email, password] = [field('username'), field('password')]
    if (!email || !password) return refuse(response, 'invalid_request', 'username and password are needed.')
    await limits.attempt(request, response, email.trim().toLowerCase())
    // Somebody unknown gets a salt too, so that both answers take the same time.
    const [{ salt }] = await ask('select app_hidden.password_salt($1) as salt', [email])
    const passwordKey = await stretch(password.slice(0, 1001), salt)
    const refreshToken = newRefreshToken()
    const { address, device } = whereabouts(request)
    const [session] = await ask('select * from app_hidden.sign_in($1, $2, $3, $4, $5, $6, $7)', [
      email,
      passwordKey,
      fingerprint(refreshToken),
      field('tenant'),
      networkOf(address),
      address,
      device
    ])
    if (session?.retry_after) {
      throw new HttpError('RATE_LIMITED', { level: session.level, retry_after: session.retry_after })
    }
    if (!session) return refuse(response, 'invalid_grant', 'E-mail address or password is wrong.')
    return { subject: subjectOf(session), refreshToken }
  }

  async function byRefreshToken({ request, response, cookie, field }: Fields): Promise<Grant | undefined> {
    const present = cookie ? cookie.value : field('refresh_token')
    if (!present) return refuse(response, 'invalid_request', 'refresh_token is needed.')
    const refreshToken = newRefreshToken()
    const { address, device } = whereabouts(request)
    const [session] = await ask('select * from app_hidden.refresh_session($1, $2, $3, $4)', [
      fingerprint(present),
      fingerprint(refreshToken),
      address,
      device
    ])
    if (!session || session.reused) cookie?.forget()
    if (!session) return refuse(response, 'invalid_grant', 'The refresh token is unknown, expired or signed out.')
    if (session.reused) throw new HttpError('REFRESH_TOKEN_REUSED', { error: 'invalid_grant' })
    return { subject: subjectOf(session), refreshToken }
  }

  async function byKey({ request, response, field }: Fields): Promise<Grant | undefined> {
    const secret = field('client_secret') || basicPassword(request.get('authorization'))
    if (!secret) return refuse(response, 'invalid_request', 'client_secret is needed: the API key.')
    const context = currentRequest()
    context.caller = readApiKey(secret)
    context.opening = openFor(context)
    await limits.admit(request, response)
    const [{ key_id: keyId, secret_id: secretId }] = await ask(
      "select app_hidden.current_key_id() as key_id, app_hidden.claim('session_id') as secret_id",
      []
    )
    return { subject: { keyId, secretId } }
  }

  const grants: Record<string, (fields: Fields) => Promise<Grant | undefined>> = {
    password: byPassword,
    refresh_token: byRefreshToken,
    client_credentials: byKey
  }
  const names = Object.keys(grants).join(', ')

  return {
    method: 'post',
    path: '/auth/token',
    operation: {
      operationId: 'token',
      tags: ['tokens'],
      summary: 'Get an access token',
      description:
        'A person signs in with a password and exchanges the refresh token later; each can be exchanged once, and one that '
        + 'comes back ends its session. An API key, as client_secret or as the password of HTTP Basic, gets a short token that '
        + 'acts as the key and ends with it, or with the secret that was shown.',
      requestBody: form({
        type: 'object',
        required: ['grant_type'],
        properties: {
          grant_type: { enum: Object.keys(grants) },
          username: { type: 'string', description: 'password: the e-mail address.' },
          password: { type: 'string' },
          tenant: { type: 'string', description: 'password: id or slug of an organization to narrow the token to.' },
          refresh_token: { type: 'string' },
          store: {
            const: 'cookie',
            description: 'For pages of this address, which send X-Rowgate-Page: the refresh token is in a cookie only.'
          },
          client_secret: { type: 'string', description: 'client_credentials: the API key.' }
        }
      }),
      responses: {
        ...json('The token.', {
          type: 'object',
          required: ['access_token', 'token_type', 'expires_in'],
          properties: {
            access_token: { type: 'string' },
            token_type: { const: 'Bearer' },
            expires_in: { type: 'integer', description: 'Seconds.' },
            refresh_token: { type: 'string', description: 'Not for client_credentials, nor with a cookie.' }
          },
          additionalProperties: false
        }),
        ...oauthErrors(400, 401, 403, 413, 415, 422, 429, 500, 503)
      }
    },
    handlers: [
      admit(limits),
      ...tokenBody,
      async (request, response) => {
        const field = (name: string): string => (typeof request.body?.[name] === 'string' ? request.body[name] : '')
        const type = field('grant_type')
        if (!type) return refuse(response, 'invalid_request', `grant_type is needed: ${names}.`)
        const grant = Object.hasOwn(grants, type) ? grants[type] : undefined
        if (!grant) return refuse(response, 'unsupported_grant_type', `grant_type must be one of ${names}.`)
        const cookie = field('store') === 'cookie' ? sessionCookie(request, response, production) : undefined
        const granted = await grant({ request, response, cookie, field })
        if (!granted) return
        if (granted.refreshToken) cookie?.keep(granted.refreshToken)
        response.set('Cache-Control', 'no-store').json({
          access_token: issueAccessToken(keys, granted.subject),
          token_type: 'Bearer',
          expires_in: accessTokenLifetime,
          ...(granted.refreshToken && !cookie && { refresh_token: granted.refreshToken })
        })
      }
    ]
  }
}

/** What the list of somebody's sessions says of one. */
const whereabouts = (request: Request) => ({
  address: request.ip ?? '',
  // No control characters: it is shown to people.
  device: request.get('user-agent')?.replace(/[^\x20-\x7e\u00a0-\u1fff]/g, '')
})

const subjectOf = ({ user_id: userId, session_id: sessionId, organization_id: tenant }: Session): Subject => ({
  userId,
  sessionId,
  tenant: tenant ?? undefined
})

/** The client's secret in HTTP Basic (RFC 6749, 2.3.1); its name does not matter, because the key says which it is. */
function basicPassword(header: string | undefined): string | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? '')?.[1]
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  return password
}

function refuse(response: Response, error: string, error_description: string): undefined {
  response
    .status(400)
    .set('Cache-Control', 'no-store')
    .json({ error, error_description, request_id: currentRequest().id })
  return undefined
}
