import type { ReadForeign } from './issuers.ts'
import { readApiKey } from './api_key.ts'
import type { TokenKeys } from './keys.ts'
import { ourIssuer, peek, readAccessToken, type ReadToken } from './tokens.ts'

/** Reads whom a credential names: an API key, a token of our own, or one of another issuer. */
export type ReadCredential = (credential: string) => ReadToken | Promise<ReadToken>

export const credentialReader =
  (keys: TokenKeys, readForeign: ReadForeign): ReadCredential =>
  credential => {
    // The form says what it is: an access token has two dots, a key none.
    if (credential.startsWith('rg_')) return { caller: readApiKey(credential), payload: {} }
    return peek(credential).issuer === ourIssuer ? readAccessToken(keys, credential) : readForeign(credential)
  }
