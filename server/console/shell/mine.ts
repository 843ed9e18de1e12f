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
