import type { Bucket } from './buckets.ts'

// After this a request asks for the limits again; after twice as long they are not known any more. Together they keep the promise
// that a changed limit counts within 5 seconds.
const fresh = 2000
const most = 20_000

interface Entry {
  buckets: readonly Bucket[]
  since: number
  asked: boolean
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

  /** The buckets if they are known, and whether this request should ask for them again. */
  find(credential: string): { buckets: readonly Bucket[] | undefined; ask: boolean } {
    const entry = this.#entries.get(credential)
    const age = entry ? this.#now() - entry.since : Infinity
    if (!entry || age >= 2 * fresh) return { buckets: undefined, ask: true }
    const ask = age >= fresh && !entry.asked
    if (ask) entry.asked = true
    return { buckets: entry.buckets, ask }
  }

  learn(credential: string, buckets: readonly Bucket[]): void {
    this.#entries.delete(credential)
    this.#entries.set(credential, { buckets, since: this.#now(), asked: false })
    // The one that was learnt longest ago goes first.
    if (this.#entries.size > most) this.#entries.delete(this.#entries.keys().next().value!)
  }
}
