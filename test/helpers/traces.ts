import type { Chance } from './chance.ts'

/** What somebody uses day by day, and what it is an example of. */
export interface Trace {
  kind: Kind
  /** By day; the first is a Monday. */
  amounts: number[]
}

export const kinds = ['weekdays', 'growth', 'bursts', 'level shift', 'new tenant', 'everything'] as const
export type Kind = (typeof kinds)[number]

/** Draws the usage of so many days; what each kind has that the others have not is what its name says. */
export function drawTrace(kind: Kind, days: number, random: Chance): Trace {
  const has = (what: Kind) => kind === what || (kind === 'everything' && random() < 0.5)
  const between = (low: number, high: number) => low + random() * (high - low)
  const level = 10 ** between(-1, 3)
  const noise = between(0.05, 0.35)
  const weekdays = has('weekdays') || random() < 0.5
  const week = Array.from({ length: 7 }, (_, day) =>
    weekdays ? (day < 5 ? between(0.8, 1.2) : between(0, 0.6)) : between(0.95, 1.05)
  )
  const growth = has('growth') ? between(-0.04, 0.09) : between(-0.005, 0.005)
  const burst = has('bursts') ? between(0.02, 0.08) : 0
  const shiftAt = has('level shift') ? Math.floor(between(days * 0.1, days * 0.9)) : days
  const shiftTo = 2 ** between(-1.5, 1.5)
  const begins = has('new tenant') ? Math.floor(days * between(0.45, 0.6)) : 0
  let drift = 0
  const amounts = Array.from({ length: days }, (_, day) => {
    drift += 0.02 * normal(random)
    if (day < begins) return 0
    const trend = (1 + growth) ** ((day - begins) / 7)
    const burstBy = random() < burst ? between(3, 8) : 1
    const shift = day >= shiftAt ? shiftTo : 1
    return level * week[day % 7]! * trend * shift * burstBy * Math.exp(drift + noise * normal(random) - noise ** 2 / 2)
  })
  return { kind, amounts }
}

/** Box and Muller's. */
const normal = (random: Chance) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
