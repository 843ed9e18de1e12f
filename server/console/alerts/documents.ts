import { graphql } from '../api/graphql.ts'

export const Events = graphql(/* GraphQL */ `
  query AlertEvents($after: Cursor) {
    alertEvents(first: 50, after: $after, orderBy: [CREATED_AT_DESC]) {
      nodes {
        ...ShownAlert
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment ShownAlert on AlertEvent {
    id
    kind
    facts
    muted
    createdAt
    acknowledgedAt
    userByAcknowledgedBy {
      name
    }
    organizationRule {
      name
    }
  }
`)
export const Deliveries = graphql(/* GraphQL */ `
  query AlertDeliveries($after: Cursor) {
    alertDeliveries(first: 50, after: $after, orderBy: [CREATED_AT_DESC]) {
      nodes {
        ...ShownDelivery
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment ShownDelivery on AlertDelivery {
    id
    status
    attempts
    attemptedAt
    deliveredAt
    createdAt
    problem
    responseStatus
    user {
      name
    }
    organizationChannel {
      name
      status
    }
    organizationEvent {
      kind
      facts
    }
  }
`)
export const Rules = graphql(/* GraphQL */ `
  query AlertRules {
    alertRules(first: 100) {
      nodes {
        ...ShownRule
      }
    }
    alertChannels(first: 20) {
      nodes {
        id
        name
      }
    }
  }
  fragment ShownRule on AlertRule {
    id
    kind
    name
    budgetId
    resource
    thresholds
    minimum
    mutedUntil
    alertRuleChannelsByOrganizationIdAndRuleId(first: 20) {
      nodes {
        channelId
      }
    }
    organizationBudget {
      level
      name
      unit
      team {
        name
      }
      user {
        name
      }
      apiKey {
        name
      }
    }
  }
`)
export const RuleBudgets = graphql(/* GraphQL */ `
  query RuleBudgets {
    budgets(first: 1000) {
      nodes {
        id
        source
        level
        name
        unit
        period
        team {
          name
        }
        user {
          name
        }
        apiKey {
          name
        }
      }
    }
  }
`)
export const Channels = graphql(/* GraphQL */ `
  query AlertChannels {
    alertChannels(first: 20) {
      nodes {
        ...ShownChannel
      }
    }
  }
  fragment ShownChannel on AlertChannel {
    id
    kind
    name
    host
    digest
    status
    failingSince
    organizationUser {
      user {
        name
      }
    }
  }
`)
export const Recipients = graphql(/* GraphQL */ `
  query AlertRecipients {
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
