import type { Throwaway } from './throwaway.ts'

/** A file test/bench/<name>.ts exports one by default. */
export interface Bench {
  /** What is measured, in one line. */
  title: string
  /** Answers tables to print. */
  run(tools: BenchTools): Promise<Table[]>
}

export interface BenchTools extends Throwaway {
  /** Fewer and shorter rounds: to see that it works, not to publish. */
  short: boolean
}

export interface Table {
  title: string
  rows: Row[]
}

/** One line of a table: a rate beside the rate that it is compared with. */
export interface Row {
  what: string
  /** Per second. */
  rate: number
  /** The rate of what it is compared with, and what that is. */
  against?: { what: string; rate: number; atLeast?: number }
}

/** Measures a variant once and answers how many it did in a second. */
export type Variant = () => Promise<number>

/** Runs the variants in turn, A B C A B C, so that what slows the machine down slows all of them; answers each one's median. */
export async function alternate<Name extends string>(
  { log }: Pick<Throwaway, 'log'>,
  rounds: number,
  variants: Record<Name, Variant>
): Promise<Record<Name, number>> {
  const names = Object.keys(variants) as Name[]
  const rates = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      const rate = await variants[name]()
      rates[name].push(rate)
      log(`round ${round}/${rounds}  ${name}: ${figure(rate)}/s`)
    }
  }
  return Object.fromEntries(names.map(name => [name, median(rates[name])])) as Record<Name, number>
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function print({ title, rows }: Table): string {
  const cells = rows.map(({ what, rate, against }) => {
    if (!against) return [what, `${figure(rate)}/s`, '', '']
    const ratio = rate / against.rate
    const { atLeast } = against
    const mark = atLeast === undefined ? '' : `${ratio >= atLeast ? 'met' : 'MISSED'}: at least ${atLeast} ×`
    return [what, `${figure(rate)}/s`, `${ratio.toPrecision(3)} × ${against.what}`, mark]
  })
  const widths = [0, 1, 2].map(column => Math.max(...cells.map(row => row[column]!.length)))
  const lines = cells.map(([what, rate, ratio, mark]) =>
    `  ${what!.padEnd(widths[0]!)}  ${rate!.padStart(widths[1]!)}  ${ratio!.padEnd(widths[2]!)}  ${mark}`.trimEnd()
  )
  return [title, ...lines].join('\n')
}

const figure = (rate: number): string => Math.round(rate).toLocaleString('en')
