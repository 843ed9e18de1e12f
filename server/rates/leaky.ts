import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

// The library counts in windows: whoever keeps asking too much would get a whole new burst with each one. Here `points` leak out
// evenly over `duration`, so that a limit is what it says: so many a second for good, and so many at once.

interface Pail {
  level: number
  at: number
}

/** The library's limiter in this process, with a bucket that leaks. What is refused is not counted. */
export class LeakyMemory extends RateLimiterMemory {
  readonly #pails = new Map<string, Pail>()
  #sweepAt = 1000

  override consume(key: string, points = 1): Promise<RateLimiterRes> {
    const now = performance.now()
    const pail = this.#pails.get(key) ?? { level: 0, at: now }
    const level = this.#levelOf(pail, now)
    const fits = level + points <= this.points
    this.#pails.set(key, { level: fits ? level + points : level, at: now })
    this.#sweep(now)
    const consumed = level + points
    const wait = Math.max(fits ? 1 : consumed - this.points, 0) / this.#perMillisecond
    const result = new RateLimiterRes(
      Math.max(0, Math.floor(this.points - consumed)),
      Math.ceil(wait),
      Math.ceil(consumed)
    )
    return fits ? Promise.resolve(result) : Promise.reject(result)
  }

  get #perMillisecond(): number {
    return this.points / (this.duration * 1000)
  }

  #levelOf({ level, at }: Pail, now: number): number {
    return Math.max(0, level - (now - at) * this.#perMillisecond)
  }

  /** An empty one is as good as none. Looking at all of them each time that they are twice as many costs little for each. */
  #sweep(now: number): void {
    if (this.#pails.size < this.#sweepAt) return
    for (const [key, pail] of this.#pails) if (this.#levelOf(pail, now) === 0) this.#pails.delete(key)
    this.#sweepAt = Math.max(1000, this.#pails.size * 2)
  }
}

/**
 * The same for Redis, in place of the library's script, with its arguments: points to take, seconds to keep the key, points
 * and duration of the bucket. Answers what is in it (more than the bucket holds: refused) and milliseconds until there is room.
 */
export const leakyScript = `
local wanted, capacity = tonumber(ARGV[1]), tonumber(ARGV[3])
local leak = capacity / (tonumber(ARGV[4]) * 1000)
local time = redis.call('time')
local now = time[1] * 1000 + time[2] / 1000
local pail = redis.call('hmget', KEYS[1], 'level', 'at')
local level = math.max(0, (tonumber(pail[1]) or 0) - (now - (tonumber(pail[2]) or now)) * leak)
local consumed = level + wanted
if consumed > capacity then
  return {math.ceil(consumed), math.ceil((consumed - capacity) / leak)}
end
redis.call('hset', KEYS[1], 'level', consumed, 'at', string.format('%.3f', now))
redis.call('pexpire', KEYS[1], math.ceil(consumed / leak) + 1000)
return {math.ceil(consumed), math.ceil(1 / leak)}
`
