import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { StandFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { BudgetUpdated } from './documents.ts'

const longest = 30_000

/** What budgets stand at since the page was opened, and whether it is being told. A lost stream is opened again. */
export function useLiveBudgets(onReturn: () => void): { states: ReadonlyMap<string, StandFragment>; live: boolean } {
  const client = useClient()
  const { id: organizationId } = useOrganization()
  const [states, setStates] = useState<ReadonlyMap<string, StandFragment>>(new Map())
  const [live, setLive] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stop = () => {}
    let failures = 0
    const open = () => {
      setLive(true)
      // What moved while nobody listened is asked for.
      if (failures > 0) onReturn()
      const { unsubscribe } = client
        .subscription(BudgetUpdated, { organizationId })
        .subscribe(({ data, error, hasNext }) => {
          const budget = data?.budgetUpdated?.budget
          if (budget?.state) {
            failures = 0
            const { id, state } = budget
            setStates(known => new Map(known).set(id, state))
          }
          if (error || !hasNext) again()
        })
      stop = unsubscribe
    }
    const again = () => {
      stop()
      setLive(false)
      clearTimeout(timer)
      timer = setTimeout(open, Math.min(longest, 1000 * 2 ** failures++))
    }
    open()
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, organizationId, onReturn])
  return { states, live }
}
