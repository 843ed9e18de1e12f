import { graphql } from '../api/graphql.ts'

export const RequestRaise = graphql(/* GraphQL */ `
  mutation RequestRaise($input: RequestBudgetRaiseInput!) {
    requestBudgetRaise(input: $input) {
      result {
        id
      }
    }
  }
`)
export const RaiseBudget = graphql(/* GraphQL */ `
  mutation RaiseBudget($input: RaiseBudgetInput!) {
    raiseBudget(input: $input) {
      result {
        id
      }
    }
  }
`)
export const Raises = graphql(/* GraphQL */ `
  query Raises($after: Cursor) {
    budgetRaises(first: 50, after: $after, filter: { status: { equalTo: "requested" } }) {
      nodes {
        id
        amount
        reason
        expiresAt
        createdAt
        userByRequestedBy {
          name
        }
        budget {
          id
          level
          name
          unit
          currency
          teamId
          team {
            name
          }
          user {
            name
          }
          apiKey {
            name
            teamId
          }
          state {
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
export const DecideRaise = graphql(/* GraphQL */ `
  mutation DecideRaise($raiseId: UUID!, $approve: Boolean!) {
    decideBudgetRaise(input: { raiseId: $raiseId, approve: $approve }) {
      result {
        id
      }
    }
  }
`)
