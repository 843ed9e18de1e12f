import { createHash, randomBytes, randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { Caller } from './claims.ts'
import { HttpError } from './errors.ts'
import type { TokenKey, TokenKeys } from './keys.ts'

/** Seconds that an access token lives. */
export const accessTokenLifetime = 15 * 60
export const ourIssuer = 'rowgate'
const audience = 'rowgate'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whom a token is for: a person with their session, perhaps narrowed to an organization, or an API key with the secret that was shown. */
export type Subject =
  { userId: string; sessionId: string; tenant?: string | undefined } | { keyId: string; secretId: string }

/** A token says who, never what: role, permissions and whether session or key is alive are read in the database. */
export function issueAccessToken({ sign }: TokenKeys, subject: Subject): string {
  const { kid, algorithm, key } = sign
  const claims =
    'keyId' in subject
      ? { client_id: subject.keyId, sid: subject.secretId }
      : { sid: subject.sessionId, ...(subject.tenant && { org: subject.tenant }) }
  return jwt.sign(claims, key, {
    algorithm,
    header: { alg: algorithm, typ: 'at+jwt', ...(kid !== undefined && { kid }) },
    expiresIn: accessTokenLifetime,
    issuer: ourIssuer,
    audience,
    subject: 'keyId' in subject ? subject.keyId : subject.userId,
    jwtid: randomUUID()
  })
}

export interface ReadToken {
  caller: Caller
  payload: jwt.JwtPayload
}

/** Checks form and signature (RFC 9068) of a token of our own. Throws TOKEN_EXPIRED or TOKEN_INVALID. */
export function readAccessToken(keys: TokenKeys, token: string): ReadToken {
  // The kid only looks up a key here; it is no path, address or query.
  const found = keys.find(peek(token).kid)
  if (!found) throw new HttpError('TOKEN_INVALID')
  const { header, payload } = verify(found, token, { issuer: ourIssuer, audience, maxAge: accessTokenLifetime })
  const { sub, sid, org, client_id: client } = payload
  const complete =
    header.typ === 'at+jwt'
    && typeof payload.iat === 'number'
    && typeof payload.jti === 'string'
    && isUuid(sub)
    && isUuid(sid)
    && (client === undefined ? org === undefined || isUuid(org) : client === sub)
  if (!complete) throw new HttpError('TOKEN_INVALID')
  const caller: Caller =
    client === undefined
      ? { kind: 'person', userId: sub!, sessionId: sid, tenant: org }
      : { kind: 'key_token', keyId: sub!, secretId: sid }
  return { caller, payload }
}

/** Which key a token says it is signed with, and by whom; nothing of it counts before the signature. Throws TOKEN_INVALID. */
export function peek(token: string): { kid: string | undefined; issuer: unknown } {
  try {
    const { header, payload } = jwt.decode(token, { complete: true })!
    const { kid } = header
    if (kid === undefined || typeof kid === 'string') return { kid, issuer: (payload as jwt.JwtPayload).iss }
  } catch {
    // It is not even a token.
  }
  throw new HttpError('TOKEN_INVALID')
}

/** What holds for a token of any issuer: its key's algorithm, an end, an object, and nothing critical that is not understood. */
export function verify(
  { algorithm, key }: TokenKey,
  token: string,
  options: { issuer: string; audience: string; maxAge?: number }
): { header: jwt.JwtHeader; payload: jwt.JwtPayload } {
  try {
    const { header, payload } = jwt.verify(token, key, { ...options, algorithms: [algorithm], complete: true })
    if (typeof payload === 'object' && typeof payload.exp === 'number' && !('crit' in header))
      return { header, payload }
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new HttpError('TOKEN_EXPIRED')
  }
  throw new HttpError('TOKEN_INVALID')
}

const isUuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

/** A fresh refresh token: 256 random bits. */
export const newRefreshToken = (): string => `rgr_${randomBytes(32).toString('base64url')}`

/** Secrets that are random already need no slow hash; this is what the database stores and looks up. */
export const fingerprint = (secret: string): Buffer => createHash('sha256').update(secret).digest()
