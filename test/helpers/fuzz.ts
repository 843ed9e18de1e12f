/** A stream of chance that is the same for the same seed (xorshift32), so that what was found can be found again. */
export function chance(seed: number) {
  let state = seed | 0 || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const below = (most: number): number => Math.floor(next() * most)
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!
  const text = (length: number, from: (n: number) => string): string =>
    Array.from({ length }, (_, n) => from(n)).join('')
  return {
    below,
    pick,
    bytes: (most: number): string => text(below(most), () => String.fromCharCode(below(256))),
    printable: (most: number): string => text(below(most), () => String.fromCharCode(32 + below(95))),
    hex: (length: number): string => text(length, () => below(16).toString(16)),
    base64url: (length: number): string =>
      text(length, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[below(64)]!),
    /** The text with one of its characters changed, lost, doubled or moved. */
    damage(value: string): string {
      let damaged = value
      while (damaged === value) damaged = damageOnce(value)
      return damaged
    }
  }

  function damageOnce(value: string): string {
    const at = below(value.length)
    const [before, after] = [value.slice(0, at), value.slice(at + 1)]
    return pick([
      () => before + String.fromCharCode(33 + below(94)) + after,
      () => before + after,
      () => before + value[at] + value[at] + after,
      () => after + before,
      () => before,
      () => value + value.slice(0, 1 + below(8)),
      () => value.toUpperCase()
    ])()
  }
}

export type Chance = ReturnType<typeof chance>
