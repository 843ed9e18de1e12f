/** Chance that is the same each time, so that a run can be told again. */
export interface Chance {
  /** 0 to below 1. */
  (): number
  /** An amount with six decimals, above 0 and up to this. */
  amount(most: number): string
  pick<T>(from: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed * 2654435761
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return Object.assign(next, {
    amount: (most: number) => ((1 + Math.floor(next() * most * 1e6)) / 1e6).toFixed(6),
    pick: <T>(from: readonly T[]) => from[Math.floor(next() * from.length)]!
  })
}
