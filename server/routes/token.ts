import type { KeyObject } from 'node:crypto'
import { Router, type Response } from 'express'
import type pg from 'pg'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { stretch } from '../password.ts'
import { flight } from '../pg.ts'
import { currentRequest } from '../request.ts'
import type { RateLimits } from '../rates/limits.ts'
import { accessTokenLifetime, fingerprint, issueAccessToken, newRefreshToken } from '../tokens.ts'

interface Session {
  user_id: string
  session_id: string
  organization_id: string | null
}

/** POST /auth/token: OAuth 2's password and refresh_token grants (RFC 6749), with its error codes. */
export function tokenRoutes(pool: pg.Pool, key: KeyObject, limits: RateLimits): Router {
  const router = Router()
  const ask = async (text: string, values: unknown[]): Promise<readonly any[]> =>
    (await flight(pool, currentRequest().opening, { name: text, text, values })).rows

  router.all('/auth/token', admit(limits), ...tokenBody, async (request, response) => {
    const field = (name: string): string => (typeof request.body?.[name] === 'string' ? request.body[name] : '')
    const refreshToken = newRefreshToken()
    let session: Session | undefined
    switch (field('grant_type')) {
      case 'password': {
        const [email, password] = [field('username'), field('password')]
        if (!email || !password) return refuse(response, 'invalid_request', 'username and password are needed.')
        await limits.attempt(request, response, email.trim().toLowerCase())
        // Somebody unknown gets a salt too, so that both answers take the same time.
        const [{ salt }] = await ask('select app_hidden.password_salt($1) as salt', [email])
        const passwordKey = await stretch(password.slice(0, 1001), salt)
        const hash = fingerprint(refreshToken)
        ;[session] = await ask('select * from app_hidden.sign_in($1, $2, $3, $4)', [
          email,
          passwordKey,
          hash,
          field('tenant')
        ])
        if (!session) return refuse(response, 'invalid_grant', 'E-mail address or password is wrong.')
        break
      }
      case 'refresh_token': {
        if (!field('refresh_token')) return refuse(response, 'invalid_request', 'refresh_token is needed.')
        const [used, next] = [fingerprint(field('refresh_token')), fingerprint(refreshToken)]
        ;[session] = await ask('select * from app_hidden.refresh_session($1, $2)', [used, next])
        if (!session)
          return refuse(response, 'invalid_grant', 'The refresh token is unknown, used, expired or signed out.')
        break
      }
      case '':
        return refuse(response, 'invalid_request', 'grant_type is needed: password or refresh_token.')
      default:
        return refuse(response, 'unsupported_grant_type', 'grant_type must be password or refresh_token.')
    }
    const { user_id: userId, session_id: sessionId, organization_id: tenant } = session
    response.set('Cache-Control', 'no-store').json({
      access_token: issueAccessToken(key, { userId, sessionId, tenant: tenant ?? undefined }),
      token_type: 'Bearer',
      expires_in: accessTokenLifetime,
      refresh_token: refreshToken
    })
  })
  return router
}

function refuse(response: Response, error: string, error_description: string): void {
  response
    .status(400)
    .set('Cache-Control', 'no-store')
    .json({ error, error_description, request_id: currentRequest().id })
}
