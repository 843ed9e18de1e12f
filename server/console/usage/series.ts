import { useEffect, useState } from 'react'
import { useClient, type Client, type OperationResult } from 'urql'
import { asRefusal, refusalFrom, type Refusal } from '../api/refusal.ts'
import type { TimeseriesQuery, TimeseriesQueryVariables } from '../generated/graphql'
import { Timeseries } from './documents.ts'
import { before, type Question } from './question.ts'

export type Point = NonNullable<NonNullable<TimeseriesQuery['usageTimeseries']>['nodes'][number]>
export interface Series {
  points: Point[]
  /** Sums of the time before, in the same order, if they were asked for. */
  earlier: Point[] | undefined
}

/** Beyond so many pages of 1,000 points nobody could read the chart. */
const mostPages = 10

async function allPoints(client: Client, variables: TimeseriesQueryVariables): Promise<Point[]> {
  const points: Point[] = []
  let after: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const answer: OperationResult<TimeseriesQuery> = await client.query(Timeseries, { ...variables, after }).toPromise()
    if (answer.error) throw refusalFrom(answer.error)
    const found: NonNullable<TimeseriesQuery['usageTimeseries']> = answer.data!.usageTimeseries!
    points.push(...found.nodes.map(node => node!))
    if (!found.pageInfo.hasNextPage) break
    after = found.pageInfo.endCursor ?? null
  }
  return points
}

/** The points of the chart, and those of the time before. */
export function useSeries(question: Question, compare: boolean) {
  const client = useClient()
  const [state, setState] = useState<{ series?: Series; refusal?: Refusal; fetching: boolean }>({ fetching: true })
  useEffect(() => {
    let wanted = true
    const { since, until, bucket, group, narrowed } = question
    setState(known => ({ ...known, fetching: true }))
    Promise.all([
      allPoints(client, { since, until, bucket, groupBy: group, ...narrowed }),
      compare ? allPoints(client, { ...before(question), bucket, ...narrowed }) : undefined
    ]).then(
      ([points, earlier]) => wanted && setState({ series: { points, earlier }, fetching: false }),
      (error: unknown) => wanted && setState({ refusal: asRefusal(error), fetching: false })
    )
    return () => void (wanted = false)
  }, [client, question, compare])
  return state
}
