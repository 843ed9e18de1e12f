import type { KeyObject } from 'node:crypto'
import type { RequestHandler } from 'express'
import { anonymous, openRequest, type Caller } from '../claims.ts'
import { HttpError } from '../errors.ts'
import { currentRequest } from '../request.ts'
import { fingerprint, readAccessToken } from '../tokens.ts'

/** Reads who calls from the Authorization header, and which tenant they ask for. Whether they may, the database says. */
export function authenticate(key: KeyObject): RequestHandler {
  return (request, _response, next) => {
    const context = currentRequest()
    context.caller = readCaller(key, request.get('authorization'))
    context.opening = openRequest(context.caller, request.get('x-tenant-id')?.trim(), context.id, tenant => {
      if (tenant) context.tenant = tenant
    })
    next()
  }
}

/** What org_api_keys.key_prefix holds; of what has not the form of a key nothing is shown. */
const shownPrefix = (key: string) => /^(rg_[0-9a-f]{8})[0-9a-f]{56}$/.exec(key)?.[1]

function readCaller(key: KeyObject, header: string | undefined): Caller {
  if (header === undefined) return anonymous
  const credential = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (!credential) throw new HttpError('TOKEN_INVALID')
  // The form says what it is: an access token has two dots, a key none.
  return credential.startsWith('rg_')
    ? { kind: 'key', hash: fingerprint(credential), prefix: shownPrefix(credential) }
    : readAccessToken(key, credential)
}
