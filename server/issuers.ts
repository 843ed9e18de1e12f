import { createPublicKey } from 'node:crypto'
import jwksClient, { type JwksClient } from 'jwks-rsa'
import { HttpError } from './errors.ts'
import { algorithmOf } from './keys.ts'
import { peek, verify, type ReadToken } from './tokens.ts'

/** Somebody else whose tokens are taken: who they are, for whom their tokens must be, and where their keys are published. */
export interface Issuer {
  issuer: string
  audience: string
  jwksUri: string
}

/** Reads tokens of other issuers. Throws TOKEN_EXPIRED, TOKEN_INVALID or ISSUER_UNAVAILABLE. */
export type ReadForeign = (token: string) => Promise<ReadToken>

export function foreignTokens(issuers: readonly Issuer[]): ReadForeign {
  const known = new Map<string, Issuer & { keys: JwksClient }>()
  for (const issuer of issuers) {
    const keys = jwksClient({
      jwksUri: issuer.jwksUri,
      timeout: 5000,
      cacheMaxAge: 600_000,
      // So that tokens with made-up key ids don't turn into requests there.
      rateLimit: true,
      jwksRequestsPerMinute: 10
    })
    known.set(issuer.issuer, { ...issuer, keys })
  }

  return async token => {
    const { kid, issuer: claimed } = peek(token)
    const issuer = known.get(claimed as string)
    if (!issuer || kid === undefined) throw new HttpError('TOKEN_INVALID')
    const found = await issuer.keys.getSigningKey(kid).catch((error: { isEndpointUnavailable?: boolean }) => {
      throw new HttpError(error.isEndpointUnavailable ? 'ISSUER_UNAVAILABLE' : 'TOKEN_INVALID')
    })
    const key = createPublicKey(found.getPublicKey())
    const { payload } = verify({ algorithm: algorithmOf(key), key }, token, issuer)
    const { sub } = payload
    if (typeof sub !== 'string' || sub.length < 1 || sub.length > 255 || sub.includes('\0')) {
      throw new HttpError('TOKEN_INVALID')
    }
    return { caller: { kind: 'identity', issuer: issuer.issuer, subject: sub }, payload }
  }
}
