import jwt from 'jsonwebtoken'
import { HttpError } from '../errors.ts'
import type { TokenKeys } from '../keys.ts'
import { ourIssuer, peek, verify } from '../tokens.ts'

/** Seconds that a link is good; its export asks for another one any time. */
const lifetime = 60 * 60
/** Not that of access tokens: neither is ever taken for the other. */
const audience = 'rowgate-export'

/** A file of one organization. `link` is which of its links are good; the database changes it when it is revoked. */
export interface Link {
  exportId: string
  organizationId: string
  link: number
}

/** Signs a link, with the key that access tokens are signed with. */
export function signLink({ sign: { kid, algorithm, key } }: TokenKeys, { exportId, organizationId, link }: Link) {
  const expiresAt = Math.floor(Date.now() / 1000) + lifetime
  const token = jwt.sign({ org: organizationId, link, exp: expiresAt }, key, {
    algorithm,
    header: { alg: algorithm, typ: 'export+jwt', ...(kid !== undefined && { kid }) },
    issuer: ourIssuer,
    audience,
    subject: exportId
  })
  return { token, expiresAt: new Date(expiresAt * 1000).toISOString() }
}

/** Checks signature and end. Throws LINK_BROKEN. */
export function readLink(keys: TokenKeys, token: string): Link {
  try {
    const found = keys.find(peek(token).kid)
    if (!found) throw new HttpError('LINK_BROKEN')
    const { header, payload } = verify(found, token, { issuer: ourIssuer, audience })
    const { sub, org, link } = payload
    if (header.typ === 'export+jwt' && sub && typeof org === 'string' && typeof link === 'number')
      return { exportId: sub, organizationId: org, link }
  } catch {
    // Whatever it is: no link of ours, or an old one.
  }
  throw new HttpError('LINK_BROKEN')
}
