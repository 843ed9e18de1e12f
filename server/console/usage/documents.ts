import { graphql } from '../api/graphql.ts'

export const Breakdown = graphql(/* GraphQL */ `
  query Breakdown(
    $since: Datetime!
    $until: Datetime!
    $groupBy: String!
    $service: String
    $model: String
    $teamId: UUID
    $userId: UUID
    $apiKeyId: UUID
  ) {
    usageBreakdown(
      since: $since
      until: $until
      groupBy: $groupBy
      most: 50
      service: $service
      model: $model
      teamId: $teamId
      userId: $userId
      apiKeyId: $apiKeyId
    ) {
      nodes {
        ...ShownShare
      }
    }
  }
  fragment ShownShare on UsageShare {
    service
    model
    teamId
    userId
    apiKeyId
    label
    other
    requests
    tokensIn
    tokensOut
    cost
    currency
    share
    change
    costBefore
  }
`)

export const Timeseries = graphql(/* GraphQL */ `
  query Timeseries(
    $since: Datetime!
    $until: Datetime!
    $bucket: String!
    $groupBy: String
    $service: String
    $model: String
    $teamId: UUID
    $userId: UUID
    $apiKeyId: UUID
    $after: Cursor
  ) {
    usageTimeseries(
      since: $since
      until: $until
      bucket: $bucket
      groupBy: $groupBy
      service: $service
      model: $model
      teamId: $teamId
      userId: $userId
      apiKeyId: $apiKeyId
      first: 1000
      after: $after
    ) {
      nodes {
        startsAt
        service
        model
        teamId
        userId
        apiKeyId
        label
        cost
        requests
        currency
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
