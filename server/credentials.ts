import type { ReadForeign } from './issuers.ts'
import type { TokenKeys } from './keys.ts'
import { fingerprint, ourIssuer, peek, readAccessToken, type ReadToken } from './tokens.ts'

/** Reads whom a credential names: an API key, a token of our own, or one of another issuer. */
export type ReadCredential = (credential: string) => ReadToken | Promise<ReadToken>

export const credentialReader =
  (keys: TokenKeys, readForeign: ReadForeign): ReadCredential =>
  credential => {
    // The form says what it is: an access token has two dots, a key none.
    if (credential.startsWith('rg_')) {
      return { caller: { kind: 'key', hash: fingerprint(credential), prefix: shownPrefix(credential) }, payload: {} }
    }
    return peek(credential).issuer === ourIssuer ? readAccessToken(keys, credential) : readForeign(credential)
  }

/** What org_api_keys.key_prefix holds; of what has not the form of a key nothing is shown. */
const shownPrefix = (key: string) => /^(rg_[0-9a-f]{8})[0-9a-f]{56}$/.exec(key)?.[1]
