import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'

dayjs.extend(utc)
dayjs.extend(timezone)

export const groups = ['model', 'service', 'team', 'user', 'key'] as const
export type Group = (typeof groups)[number]
export const buckets = ['hour', 'day', 'week', 'month'] as const
export type Bucket = (typeof buckets)[number]
export const filters = ['service', 'model', 'teamId', 'userId', 'apiKeyId'] as const
export type Filter = (typeof filters)[number]
/** What a group is narrowed to by. */
export const filterOf: Record<Group, Filter> = {
  model: 'model',
  service: 'service',
  team: 'teamId',
  user: 'userId',
  key: 'apiKeyId'
}

export interface Question {
  /** Days of the organization's calendar, the last one included. */
  from: string
  to: string
  since: string
  until: string
  group: Group
  bucket: Bucket
  narrowed: Partial<Record<Filter, string>>
  labels: Partial<Record<Filter, string>>
}

const form = 'YYYY-MM-DD'
const one = <Name extends string>(names: readonly Name[], value: string | null, otherwise: Name): Name =>
  names.find(name => name === value) ?? otherwise

/** What is asked stands in the address, so that it can be sent to somebody. */
export function questionIn(search: URLSearchParams, timeZone: string): Question {
  const today = dayjs().tz(timeZone)
  const to = search.get('to') ?? today.format(form)
  const from = search.get('from') ?? today.subtract(29, 'day').format(form)
  const narrowed: Question['narrowed'] = {}
  const labels: Question['labels'] = {}
  for (const filter of filters) {
    const value = search.get(filter)
    if (value === null) continue
    narrowed[filter] = value
    labels[filter] = search.get(`${filter}.name`) ?? value
  }
  return {
    from,
    to,
    since: dayjs.tz(`${from} 00:00`, timeZone).toISOString(),
    until: dayjs.tz(`${to} 00:00`, timeZone).add(1, 'day').toISOString(),
    group: one(groups, search.get('by'), 'model'),
    bucket: one(buckets, search.get('bucket'), 'day'),
    narrowed,
    labels
  }
}

export function useQuestion(timeZone: string): [Question, (changes: Record<string, string | null>) => void] {
  const [search, setSearch] = useSearchParams()
  const question = useMemo(() => questionIn(search, timeZone), [search, timeZone])
  const change = (changes: Record<string, string | null>) =>
    setSearch(before => {
      const after = new URLSearchParams(before)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name)
        else after.set(name, value)
      }
      return after
    })
  return [question, change]
}

/** The time before that was as long. */
export function before({ since, until }: Pick<Question, 'since' | 'until'>): { since: string; until: string } {
  const length = Date.parse(until) - Date.parse(since)
  return { since: new Date(Date.parse(since) - length).toISOString(), until: since }
}
