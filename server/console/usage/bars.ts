import { currentLocale } from '../i18n/start.ts'
import type { Bars } from './chart.tsx'
import { filterOf, type Bucket, type Group } from './question.ts'
import type { Point, Series } from './series.ts'

const most = 8
const day = { month: 'short', day: 'numeric' } as const
const forms: Record<Bucket, Intl.DateTimeFormatOptions> = {
  hour: { ...day, hour: 'numeric', minute: '2-digit' },
  day,
  week: { ...day, year: 'numeric' },
  month: { month: 'short', year: 'numeric' }
}

export const bucketName = (moment: string, bucket: Bucket, timeZone: string): string =>
  new Intl.DateTimeFormat(currentLocale(), { ...forms[bucket], timeZone }).format(new Date(moment))

/** The largest groups by themselves and the rest as one. For drawing: the exact figures are the table's. */
export function toBars(
  series: Series,
  group: Group,
  bucket: Bucket,
  timeZone: string,
  words: { others: string; none: string }
): Bars {
  const { points, earlier } = series
  const moments = [...new Set(points.map(({ startsAt }) => startsAt!))]
  const idOf = (point: Point) => point[filterOf[group]] ?? ''
  const sums = new Map<string, { name: string; sum: number }>()
  for (const point of points) {
    const known = sums.get(idOf(point)) ?? { name: point.label ?? words.none, sum: 0 }
    known.sum += Number(point.cost ?? 0)
    sums.set(idOf(point), known)
  }
  const ranked = [...sums].sort(([, one], [, other]) => other.sum - one.sum)
  const places = new Map(moments.map((moment, index) => [moment, index]))
  const empty = () => moments.map(() => 0)
  const own = new Map(ranked.slice(0, most).map(([id, { name }]) => [id, { name, values: empty() }]))
  const others = { name: words.others, values: empty() }
  for (const point of points) {
    const row = own.get(idOf(point)) ?? others
    row.values[places.get(point.startsAt!)!]! += Number(point.cost ?? 0)
  }
  return {
    buckets: moments.map(moment => bucketName(moment, bucket, timeZone)),
    series: [...own.values(), ...(ranked.length > most ? [others] : [])],
    earlier: earlier && moments.map((_, index) => Number(earlier[index]?.cost ?? 0)),
    currency: points[0]?.currency ?? null
  }
}
