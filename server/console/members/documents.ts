import { graphql } from '../api/graphql.ts'

export const MembersPage = graphql(/* GraphQL */ `
  query MembersPage($after: Cursor) {
    members(first: 1000, after: $after) {
      nodes {
        ...ShownMember
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment ShownMember on Member {
    userId
    role
    customRoleId
    customRole {
      name
    }
    joinedAt
    user {
      name
      email
    }
  }
`)
export const SearchMembers = graphql(/* GraphQL */ `
  query SearchMembers($query: String!) {
    searchMembers(query: $query, most: 100) {
      nodes {
        userId
        role
        customRoleId
        customRole {
          name
        }
        joinedAt
        user {
          name
          email
        }
      }
    }
  }
`)
export const OwnRoles = graphql(/* GraphQL */ `
  query OwnRoles {
    roles {
      nodes {
        name
        rank
      }
    }
    customRoles(first: 1000) {
      nodes {
        id
        name
      }
    }
  }
`)
export const ChangeRoles = graphql(/* GraphQL */ `
  mutation ChangeRoles($userIds: [UUID]!, $role: String, $customRoleId: UUID) {
    changeMemberRoles(input: { userIds: $userIds, role: $role, customRoleId: $customRoleId, allOrNothing: false }) {
      result {
        userId
        status
        code
        reason
      }
    }
  }
`)
export const RemoveMembers = graphql(/* GraphQL */ `
  mutation RemoveMembers($userIds: [UUID]!) {
    removeMembers(input: { userIds: $userIds, allOrNothing: false }) {
      result {
        userId
        status
        code
        reason
      }
    }
  }
`)
