import { HttpError } from '../errors.ts'

/** How many exports one process makes at the same time, and how many of them for one organization: no one takes all of them. */
export interface Slots {
  /** Throws TOO_MANY_EXPORTS or OVERLOADED; otherwise answers what gives the place back. */
  take(tenant: string): () => void
}

const retryAfter = 5

export function makeSlots(most: number, mostOfOne: number): Slots {
  const taken = new Map<string, number>()
  let all = 0
  return {
    take(tenant) {
      const own = taken.get(tenant) ?? 0
      if (own >= mostOfOne) throw new HttpError('TOO_MANY_EXPORTS', { limit: mostOfOne, retry_after: retryAfter })
      if (all >= most) throw new HttpError('OVERLOADED', { retry_after: retryAfter })
      all++
      taken.set(tenant, own + 1)
      return () => {
        all--
        const left = taken.get(tenant)! - 1
        if (left > 0) taken.set(tenant, left)
        else taken.delete(tenant)
      }
    }
  }
}
