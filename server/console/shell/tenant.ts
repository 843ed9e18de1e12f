import { createContext, useContext } from 'react'
import type { OrganizationOfMineFragment } from '../generated/graphql'

/** What a role in a team can hold. */
export type TeamPermission = 'budget:update' | 'team_member:update'

export interface OpenOrganization extends OrganizationOfMineFragment {
  /** Whether one of these permissions is held in the whole organization: what to show. The server decides. */
  may: (...permissions: string[]) => boolean
  /** Whether a permission is held in a team: in the whole organization, or through a role in that team or one above. */
  mayInTeam: (permission: TeamPermission, teamId: string | null | undefined) => boolean
  /** Whether it is held in any team. */
  mayInSome: (permission: TeamPermission) => boolean
}
export const OrganizationContext = createContext<OpenOrganization | undefined>(undefined)

export function useOrganization(): OpenOrganization {
  const organization = useContext(OrganizationContext)
  if (!organization) throw new Error('No organization is open here.')
  return organization
}
