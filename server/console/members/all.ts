import { useEffect, useState } from 'react'
import { useClient, useQuery, type CombinedError } from 'urql'
import type { ShownMemberFragment } from '../generated/graphql'
import { MembersPage, SearchMembers } from './documents.ts'

export interface Members {
  data: ShownMemberFragment[] | undefined
  total: number
  fetching: boolean
  error?: CombinedError | undefined
}

/** All members, a page of a thousand after the other, or those that a search finds. */
export function useMembers(search: string): [Members, () => void] {
  const client = useClient()
  const query = search.trim()
  const [first, ask] = useQuery({ query: MembersPage, variables: {} })
  const [found] = useQuery({ query: SearchMembers, variables: { query }, pause: query === '' })
  const [more, setMore] = useState<ShownMemberFragment[]>([])
  const page = first.data?.members
  useEffect(() => {
    let wanted = true
    const follow = async () => {
      const rest: ShownMemberFragment[] = []
      let info = page?.pageInfo
      while (wanted && info?.hasNextPage) {
        const { data } = await client.query(MembersPage, { after: info.endCursor ?? null }).toPromise()
        if (!wanted || !data?.members) break
        rest.push(...data.members.nodes.map(node => node!))
        info = data.members.pageInfo
        setMore([...rest])
      }
    }
    setMore([])
    void follow()
    return () => void (wanted = false)
  }, [client, page])
  if (query !== '') {
    const data = found.data?.searchMembers?.nodes.map(node => node!)
    return [{ data, total: page?.totalCount ?? 0, fetching: found.fetching, error: found.error }, ask]
  }
  const data = page ? [...page.nodes.map(node => node!), ...more] : undefined
  return [{ data, total: page?.totalCount ?? 0, fetching: first.fetching, error: first.error }, ask]
}
