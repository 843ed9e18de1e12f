import { graphql } from '../api/graphql.ts'

export const Roles = graphql(/* GraphQL */ `
  query Roles {
    permissions(first: 1000) {
      nodes {
        name
        description
        assignable
        teamScoped
      }
    }
    roles {
      nodes {
        name
        rank
      }
    }
    rolePermissions(first: 1000) {
      nodes {
        role
        permission
      }
    }
    customRoles(first: 100) {
      nodes {
        ...ShownRole
      }
    }
  }
  fragment ShownRole on CustomRole {
    id
    name
    description
    permissions(first: 100) {
      nodes {
        permission
      }
    }
    members(first: 0) {
      totalCount
    }
  }
`)
export const CreateRole = graphql(/* GraphQL */ `
  mutation CreateRole($input: CreateCustomRoleInput!) {
    createCustomRole(input: $input) {
      result {
        id
      }
    }
  }
`)
export const UpdateRole = graphql(/* GraphQL */ `
  mutation UpdateRole($input: UpdateCustomRoleInput!) {
    updateCustomRole(input: $input) {
      result {
        id
      }
    }
  }
`)
export const DeleteRole = graphql(/* GraphQL */ `
  mutation DeleteRole($roleId: UUID!) {
    deleteCustomRole(input: { roleId: $roleId }) {
      result {
        id
      }
    }
  }
`)
export const ExplainAccess = graphql(/* GraphQL */ `
  query ExplainAccess($permission: String!, $userId: UUID, $teamId: UUID) {
    explainAccess(permission: $permission, userId: $userId, teamId: $teamId) {
      allowed
      reach
      through
      name
      reason
    }
  }
`)
export const AccessChoices = graphql(/* GraphQL */ `
  query AccessChoices {
    members(first: 1000) {
      nodes {
        userId
        user {
          name
        }
      }
    }
    teams(first: 1000, orderBy: [NAME_ASC]) {
      nodes {
        id
        name
      }
    }
  }
`)
