import { graphql } from '../api/graphql.ts'

export const Teams = graphql(/* GraphQL */ `
  query Teams {
    teams(first: 1000, orderBy: [NAME_ASC]) {
      nodes {
        ...ShownTeam
      }
    }
  }
  fragment ShownTeam on Team {
    id
    name
    description
    parentTeamId
  }
`)
export const OneTeam = graphql(/* GraphQL */ `
  query OneTeam($id: UUID!, $since: Datetime!) {
    team(id: $id) {
      id
      teamMembers(first: 1000) {
        nodes {
          userId
          role
          member {
            user {
              name
            }
          }
        }
      }
      budgets(first: 100) {
        nodes {
          id
          name
          level
          unit
          period
          state {
            settled
            held
            limitAmount
            raised
            remaining
            usedPercent
            currency
            resetsAt
          }
        }
      }
    }
    usageBreakdown(since: $since, groupBy: "model", teamId: $id, most: 5) {
      nodes {
        label
        other
        cost
        currency
        share
      }
    }
  }
`)
export const TeamCandidates = graphql(/* GraphQL */ `
  query TeamCandidates {
    members(first: 1000) {
      nodes {
        userId
        user {
          name
        }
      }
    }
  }
`)
export const CreateTeam = graphql(/* GraphQL */ `
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) {
      result {
        id
      }
    }
  }
`)
export const UpdateTeam = graphql(/* GraphQL */ `
  mutation UpdateTeam($input: UpdateTeamInput!) {
    updateTeam(input: $input) {
      result {
        id
      }
    }
  }
`)
export const MoveTeam = graphql(/* GraphQL */ `
  mutation MoveTeam($teamId: UUID!, $parentTeamId: UUID) {
    moveTeam(input: { teamId: $teamId, parentTeamId: $parentTeamId }) {
      result {
        id
      }
    }
  }
`)
export const DeleteTeam = graphql(/* GraphQL */ `
  mutation DeleteTeam($teamId: UUID!) {
    deleteTeam(input: { teamId: $teamId }) {
      result {
        id
      }
    }
  }
`)
export const PutInTeam = graphql(/* GraphQL */ `
  mutation PutInTeam($teamId: UUID!, $userId: UUID!, $role: String!) {
    addTeamMember(input: { teamId: $teamId, userId: $userId, role: $role }) {
      result {
        userId
      }
    }
  }
`)
export const TakeOutOfTeam = graphql(/* GraphQL */ `
  mutation TakeOutOfTeam($teamId: UUID!, $userId: UUID!) {
    removeTeamMember(input: { teamId: $teamId, userId: $userId }) {
      result {
        userId
      }
    }
  }
`)
