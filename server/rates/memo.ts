import type { Bucket } from './buckets.ts'

// From then on a request asks for the limits again, one in a second: a changed limit counts within a few seconds.
const stale = 2000
const pause = 1000
// As long as the longest of the buckets, so that whoever waits a little is not taken for somebody new.
const forgotten = 120_000
const most = 20_000

interface Entry {
  buckets: readonly Bucket[]
  since: number
  askedAt: number
}

/**
 * Which buckets a credential takes from, as the database said a moment ago, so that a request can be refused before it costs the
 * database anything. Ids and limits only: whether the credential may do anything is asked at every request.
 */
export class BucketMemo {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  find(credential: string): readonly Bucket[] | undefined {
    const entry = this.#entries.get(credential)
    return entry && this.#now() - entry.since < forgotten ? entry.buckets : undefined
  }

  /** Whether the caller is the one to ask again now. */
  claim(credential: string): boolean {
    const entry = this.#entries.get(credential)
    const now = this.#now()
    if (!entry || now - entry.since < stale || now - entry.askedAt < pause) return false
    entry.askedAt = now
    return true
  }

  learn(credential: string, buckets: readonly Bucket[]): void {
    this.#entries.delete(credential)
    this.#entries.set(credential, { buckets, since: this.#now(), askedAt: 0 })
    // The one that was learnt longest ago goes first.
    if (this.#entries.size > most) this.#entries.delete(this.#entries.keys().next().value!)
  }
}
