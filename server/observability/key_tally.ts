import type { Caller } from '../claims.ts'

/** What came in with one key since the last report, as app_hidden.record_key_use takes it. */
export interface KeyUse {
  /** Of its secret, in hexadecimal; a token names the key itself. */
  key_hash?: string
  key_id?: string
  requests: number
  last_used_at: string
}

export interface KeyTally {
  /** A request that the database accepted, and when it came in. Callers who are no key are not counted. */
  add(caller: Caller, at: number): void
  /** Everything since the last time; from then on it is the taker's. */
  take(): KeyUse[]
  /** What could not be reported comes along next time. */
  giveBack(uses: readonly KeyUse[]): void
}

type Counted = Omit<KeyUse, 'last_used_at'> & { at: number }

/** Counts by key between two reports. Only accepted keys are in it, so there are no more than the database has. */
export function makeKeyTally(): KeyTally {
  let counted = new Map<string, Counted>()

  const merge = (key: string, use: Counted) => {
    const known = counted.get(key)
    if (!known) return void counted.set(key, use)
    known.requests += use.requests
    known.at = Math.max(known.at, use.at)
  }
  return {
    add(caller, at) {
      if (caller.kind === 'key') {
        const key_hash = caller.hash.toString('hex')
        merge(key_hash, { key_hash, requests: 1, at })
      } else if (caller.kind === 'key_token') {
        merge(caller.keyId, { key_id: caller.keyId, requests: 1, at })
      }
    },
    take() {
      const taken = [...counted.values()]
      counted = new Map()
      return taken.map(({ at, ...use }) => ({ ...use, last_used_at: new Date(at).toISOString() }))
    },
    giveBack(uses) {
      for (const { last_used_at, ...use } of uses)
        merge(use.key_hash ?? use.key_id!, { ...use, at: Date.parse(last_used_at) })
    }
  }
}
