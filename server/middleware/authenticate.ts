import type { RequestHandler } from 'express'
import { anonymous, openRequest, type Caller, type Resolved } from '../claims.ts'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import type { Opening } from '../pg.ts'
import type { Bucket } from '../rates/buckets.ts'
import { currentRequest, type RequestContext } from '../request.ts'

/** Reads who calls from the Authorization header. Whether they may, the database says. */
export function authenticate(read: ReadCredential): RequestHandler {
  return async (request, _response, next) => {
    const context = currentRequest()
    context.caller = await readCaller(read, request.get('authorization'))
    context.opening = openFor(context)
    next()
  }
}

async function readCaller(read: ReadCredential, header: string | undefined): Promise<Caller> {
  if (header === undefined) return anonymous
  const credential = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (!credential) throw new HttpError('TOKEN_INVALID')
  return (await read(credential)).caller
}

/** @param onBucket told the caller's rate limits, if they are to be asked for. */
export function openFor(context: RequestContext, onBucket?: (bucket: Bucket) => void): Opening {
  const { caller, tenantHints, id, address, signal } = context
  const onResolved = ({ tenant, person, key, slug }: Resolved) => {
    context.tenant = tenant ?? context.tenant
    context.person = person ?? context.person
    context.key = key ?? context.key
    context.slug = slug ?? context.slug
  }
  return openRequest(caller, tenantHints, id, {
    address,
    onResolved,
    ...(signal && { signal }),
    ...(onBucket && { onBucket })
  })
}
