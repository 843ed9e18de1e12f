import { createContext, useContext } from 'react'
import type { OrganizationOfMineFragment, PersonFragment } from '../generated/graphql'

export interface Mine {
  me: PersonFragment
  organizations: OrganizationOfMineFragment[]
  again: () => void
}
export const MineContext = createContext<Mine | undefined>(undefined)

/** Who is signed in, and the organizations that they are in. */
export function useMine(): Mine {
  const mine = useContext(MineContext)
  if (!mine) throw new Error('Nobody is signed in here.')
  return mine
}
