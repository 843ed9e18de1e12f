import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Caller } from '../claims.ts'
import { HttpError } from '../errors.ts'
import { openFor } from '../middleware/authenticate.ts'
import type { Opening } from '../pg.ts'
import { currentRequest } from '../request.ts'
import { networkOf } from './address.ts'
import { takeAll, type Bucket, type Take } from './buckets.ts'
import { tellLevels } from './headers.ts'
import { BucketMemo } from './memo.ts'

export interface RateLimits {
  /**
   * Before anything is done for a request. A credential that the database vouched for a moment ago takes from the buckets of its
   * key, person and tenant; one that is not known, from those of the address and of itself. Throws RATE_LIMITED.
   */
  admit(request: Request, response: Response): Promise<void>
  /** What the request costs beyond the one point that admitting it took. Throws RATE_LIMITED. */
  charge(response: Response, points: number): Promise<void>
  /** An attempt to sign in under a name: few a minute from one network. Throws RATE_LIMITED. */
  attempt(request: Request, response: Response, name: string): Promise<void>
}

export const unlimited: RateLimits = {
  admit: async () => {},
  charge: async () => {},
  attempt: async () => {}
}

export interface LimitsParts {
  take: Take
  /** What a network may ask for whose callers are not known yet: requests per second; ten times that at once. */
  addressRate: number
  /** A transaction that only opens. */
  open: (opening: Opening) => Promise<unknown>
}

export function makeRateLimits({ take, addressRate, open }: LimitsParts): RateLimits {
  const memo = new BucketMemo()

  /** An opening that also asks for the caller's limits, and remembers them. */
  function asking(credential: string, onLearnt: (buckets: readonly Bucket[]) => void = () => {}): Opening {
    const learnt: Bucket[] = []
    let done = false
    return openFor(currentRequest(), bucket => {
      // Each transaction of the request answers them again.
      if (done) return
      learnt.push(bucket)
      done = bucket.scope === 'global'
      if (!done) return
      memo.learn(credential, learnt)
      onLearnt(learnt)
    })
  }

  async function takeOrRefuse(
    response: Response,
    buckets: readonly Bucket[],
    points: number,
    again: () => Promise<readonly Bucket[] | undefined> = async () => undefined
  ): Promise<void> {
    const levels = await takeAll(take, buckets, points)
    const refused = levels.find(({ allowed }) => !allowed)
    // The limit may have been raised since.
    const changed = refused && (await again())
    if (changed) return takeOrRefuse(response, changed, points)
    tellLevels(response, levels)
    if (!refused) return
    const { scope, quota, seconds, burst } = refused.bucket
    throw new HttpError('RATE_LIMITED', {
      level: scope,
      limit: quota,
      seconds,
      burst,
      retry_after: refused.reset,
      'violated-policies': [scope]
    })
  }

  const addressBucket = ({ ip }: Request): Bucket => ({
    scope: 'address',
    principal: networkOf(ip ?? ''),
    quota: addressRate,
    seconds: 1,
    burst: 10 * addressRate
  })

  return {
    async admit(request, response) {
      const context = currentRequest()
      const credential = nameOf(context.caller, context.tenantHints)
      const address = context.caller.kind === 'anonymous' ? [addressBucket(request)] : []
      const known = memo.find(credential)
      if (!known) {
        context.buckets = address.length ? address : [addressBucket(request), credentialBucket(credential)]
        await takeOrRefuse(response, context.buckets, 1)
        // Its work is under way when they are known, and no longer refused; it counts all the same.
        context.opening = asking(credential, buckets => void takeAll(take, buckets, context.points))
        context.learns = true
        return
      }
      context.buckets = [...address, ...known]
      await takeOrRefuse(response, context.buckets, 1, async () => {
        if (!memo.claim(credential)) return undefined
        await open(asking(credential))
        context.buckets = [...address, ...(memo.find(credential) ?? known)]
        return context.buckets
      })
      if (!memo.claim(credential)) return
      context.opening = asking(credential)
      context.learns = true
    },
    async charge(response, points) {
      const context = currentRequest()
      context.points = points
      if (points > 1) await takeOrRefuse(response, context.buckets, points - 1)
    },
    attempt({ ip }, response, name) {
      const principal = digest(`${networkOf(ip ?? '')} ${name}`)
      return takeOrRefuse(response, [{ scope: 'sign-in', principal, quota: 10, seconds: 60, burst: 10 }], 1)
    }
  }
}

/** A credential with the tenant that it asks for: together they say which buckets count. */
export function nameOf(caller: Caller, tenantHints: readonly string[] = []): string {
  const hints = JSON.stringify(tenantHints)
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous'
    case 'key':
      return digest(`${caller.hash.toString('hex')} ${hints}`)
    case 'key_token':
      return digest(`${caller.keyId} ${caller.secretId} ${hints}`)
    case 'identity':
      return digest(JSON.stringify([caller.issuer, caller.subject, hints]))
    case 'person':
      return digest(`${caller.userId} ${caller.sessionId} ${caller.tenant ?? ''} ${hints}`)
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

const credentialBucket = (principal: string): Bucket => ({
  scope: 'credential',
  principal,
  quota: 20,
  seconds: 1,
  burst: 200
})
