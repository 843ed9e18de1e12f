import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Redis } from 'ioredis'
import { leakyScript, LeakyMemory } from './leaky.ts'

/** Something that requests take from: so many in so many seconds for good, and so many at once. */
export interface Bucket {
  readonly scope: string
  /** Whose it is; '' when there is one for all. */
  readonly principal: string
  readonly quota: number
  readonly seconds: number
  readonly burst: number
}

/** How a bucket stands after something was taken. */
export interface Level {
  readonly bucket: Bucket
  readonly allowed: boolean
  readonly remaining: number
  /** Seconds until there is more. */
  readonly reset: number
}

/** Takes so many points from a bucket. */
export type Take = (bucket: Bucket, points: number) => Promise<Level>

/** How much fits into it. */
const capacityOf = ({ quota, burst }: Bucket): number => Math.max(quota, burst)

/**
 * Counts in Redis for all nodes together; without it in this process, for this process alone. While Redis is out of reach each node
 * counts for itself and gives its share, so that all nodes together give no more than before.
 */
export function makeTake(redis: Redis | undefined, nodes: number): Take {
  const limiters = new Map<string, LeakyMemory | RateLimiterRedis>()

  function make(bucket: Bucket): LeakyMemory | RateLimiterRedis {
    const points = capacityOf(bucket)
    const options = {
      // Does not name the numbers: in Redis a changed limit goes on with what was counted.
      keyPrefix: `rowgate:${bucket.scope}`,
      points,
      duration: (bucket.seconds * points) / bucket.quota
    }
    if (!redis) return new LeakyMemory(options)
    return new RateLimiterRedis({
      ...options,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      // Who is over the limit anyway costs Redis nothing more until there is room.
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new LeakyMemory({ ...options, points: Math.max(1, Math.floor(points / nodes)) }),
      // One script for all: it is a command of the connection.
      customIncrTtlLuaScript: leakyScript
    })
  }
  function limiterOf(bucket: Bucket): LeakyMemory | RateLimiterRedis {
    const id = `${bucket.scope} ${bucket.quota}/${bucket.seconds}+${bucket.burst}`
    const limiter = limiters.get(id) ?? make(bucket)
    limiters.set(id, limiter)
    return limiter
  }

  return async (bucket, points) => {
    // Whatever is allowed at all fits into a full bucket.
    const wanted = Math.min(points, capacityOf(bucket))
    const [allowed, result] = await limiterOf(bucket)
      .consume(bucket.principal, wanted)
      .then(
        taken => [true, taken] as const,
        refusal => {
          if (!(refusal instanceof RateLimiterRes)) throw refusal
          return [false, refusal] as const
        }
      )
    return {
      bucket,
      allowed,
      remaining: result.remainingPoints,
      reset: Math.max(1, Math.ceil(result.msBeforeNext / 1000))
    }
  }
}

/** Takes from one after the other, and stops where it is refused: what is wider is not used up by what was refused. */
export async function takeAll(take: Take, buckets: readonly Bucket[], points: number): Promise<Level[]> {
  const levels: Level[] = []
  for (const bucket of buckets) {
    const level = await take(bucket, points)
    levels.push(level)
    if (!level.allowed) break
  }
  return levels
}
