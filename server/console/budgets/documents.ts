import { graphql } from '../api/graphql.ts'

export const Budgets = graphql(/* GraphQL */ `
  query Budgets($after: Cursor) {
    budgets(first: 1000, after: $after) {
      nodes {
        ...ShownBudget
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment Stand on BudgetState {
    settled
    held
    limitAmount
    raised
    remaining
    usedPercent
    currency
    resetsAt
  }
  fragment ShownBudget on Budget {
    id
    level
    kind
    name
    unit
    currency
    period
    limitAmount
    policy
    gracePercent
    thresholds
    status
    source
    service
    model
    teamId
    team {
      name
      parentTeamId
    }
    user {
      name
    }
    apiKey {
      name
      teamId
    }
    state {
      ...Stand
    }
  }
`)

/** Asked by itself, so that bars do not wait for what has to be worked out. */
export const Forecasts = graphql(/* GraphQL */ `
  query BudgetForecasts($after: Cursor) {
    budgets(first: 1000, after: $after) {
      nodes {
        id
        forecast {
          ...Ahead
        }
      }
    }
  }
  fragment Ahead on BudgetForecast {
    expected
    low
    high
    runsOutOn
  }
`)

export const BudgetUpdated = graphql(/* GraphQL */ `
  subscription BudgetUpdated($organizationId: UUID!) {
    budgetUpdated(organizationId: $organizationId) {
      budget {
        id
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
`)

export const CreateBudget = graphql(/* GraphQL */ `
  mutation CreateBudget($input: CreateBudgetInput!) {
    createBudget(input: $input) {
      result {
        id
      }
    }
  }
`)
export const UpdateBudget = graphql(/* GraphQL */ `
  mutation UpdateBudget($input: UpdateBudgetInput!) {
    updateBudget(input: $input) {
      result {
        id
      }
    }
  }
`)
export const PauseBudget = graphql(/* GraphQL */ `
  mutation PauseBudget($budgetId: UUID!) {
    pauseBudget(input: { budgetId: $budgetId }) {
      result {
        id
      }
    }
  }
`)
export const ResumeBudget = graphql(/* GraphQL */ `
  mutation ResumeBudget($budgetId: UUID!) {
    resumeBudget(input: { budgetId: $budgetId }) {
      result {
        id
      }
    }
  }
`)
export const GrantCredit = graphql(/* GraphQL */ `
  mutation GrantCredit($input: GrantCreditInput!) {
    grantCredit(input: $input) {
      result {
        id
      }
    }
  }
`)
