import { createContext, useContext } from 'react'
import type { OrganizationOfMineFragment } from '../generated/graphql'

export interface OpenOrganization extends OrganizationOfMineFragment {
  /** Whether one of these permissions is held in the whole organization: what to show. The server decides. */
  may: (...permissions: string[]) => boolean
}
export const OrganizationContext = createContext<OpenOrganization | undefined>(undefined)

export function useOrganization(): OpenOrganization {
  const organization = useContext(OrganizationContext)
  if (!organization) throw new Error('No organization is open here.')
  return organization
}
