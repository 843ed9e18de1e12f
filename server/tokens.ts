import { createHash, createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { HttpError } from './errors.ts'
import type { Caller } from './claims.ts'

/** Seconds that an access token lives. */
export const accessTokenLifetime = 15 * 60
const issuer = 'rowgate'
const audience = 'rowgate'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Binds the algorithm to the key: HS256 with at least 32 secret bytes (RFC 7518, 3.2). Throws for a shorter secret. */
export function signingKey(secret: string): KeyObject {
  const key = createSecretKey(Buffer.from(secret))
  if ((key.symmetricKeySize ?? 0) < 32) throw new Error('The secret for access tokens needs at least 32 bytes.')
  return key
}

export interface Subject {
  userId: string
  sessionId: string
  /** The organization that the token is narrowed to. */
  tenant?: string | undefined
}

/** A token says who, never what: role, permissions and whether the session is alive are read in the database. */
export function issueAccessToken(key: KeyObject, { userId, sessionId, tenant }: Subject): string {
  return jwt.sign({ sid: sessionId, ...(tenant && { org: tenant }) }, key, {
    algorithm: 'HS256',
    header: { alg: 'HS256', typ: 'at+jwt' },
    expiresIn: accessTokenLifetime,
    issuer,
    audience,
    subject: userId,
    jwtid: randomUUID()
  })
}

/** Checks form and signature (RFC 9068). Throws TOKEN_EXPIRED or TOKEN_INVALID. */
export function readAccessToken(key: KeyObject, token: string): Caller {
  const { header, payload } = verify(key, token)
  const claims = payload as jwt.JwtPayload & { sid?: unknown; org?: unknown }
  const complete =
    typeof payload === 'object'
    && header.typ === 'at+jwt'
    && !('crit' in header)
    && typeof claims.exp === 'number'
    && typeof claims.iat === 'number'
    && typeof claims.jti === 'string'
    && isUuid(claims.sub)
    && isUuid(claims.sid)
    && (claims.org === undefined || isUuid(claims.org))
  if (!complete) throw new HttpError('TOKEN_INVALID')
  return {
    kind: 'person',
    userId: claims.sub as string,
    sessionId: claims.sid as string,
    tenant: claims.org as string | undefined
  }
}

function verify(key: KeyObject, token: string): jwt.Jwt {
  try {
    return jwt.verify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      maxAge: accessTokenLifetime,
      complete: true
    })
  } catch (error) {
    throw new HttpError(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID')
  }
}

const isUuid = (value: unknown): boolean => typeof value === 'string' && uuid.test(value)

/** A fresh refresh token: 256 random bits. */
export const newRefreshToken = (): string => `rgr_${randomBytes(32).toString('base64url')}`

/** Secrets that are random already need no slow hash; this is what the database stores and looks up. */
export const fingerprint = (secret: string): Buffer => createHash('sha256').update(secret).digest()
