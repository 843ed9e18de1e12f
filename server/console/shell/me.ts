import { createContext, useContext } from 'react'
import type { OrganizationOfMineFragment, PersonFragment } from '../generated/graphql'
import { graphql } from '../api/graphql.ts'

export const MyOrganizations = graphql(/* GraphQL */ `
  query MyOrganizations {
    me {
      ...Person
    }
    organizations(first: 1000, orderBy: [NAME_ASC]) {
      nodes {
        ...OrganizationOfMine
      }
    }
  }
  fragment Person on User {
    id
    name
    email
    emailVerifiedAt
  }
  fragment OrganizationOfMine on Organization {
    id
    slug
    name
    description
    logoUrl
    plan
    status
    currency
    timeZone
  }
`)

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
