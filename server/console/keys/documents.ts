import { graphql } from '../api/graphql.ts'

export const Keys = graphql(/* GraphQL */ `
  query Keys($since: Datetime!, $after: Cursor) {
    orgApiKeys(first: 50, after: $after, orderBy: [CREATED_AT_DESC]) {
      nodes {
        ...ShownKey
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    usageTimeseries(since: $since, bucket: "day", groupBy: "key", first: 1000) {
      nodes {
        apiKeyId
        startsAt
        requests
      }
    }
  }
  fragment ShownKey on OrgApiKey {
    id
    name
    keyPrefix
    lastFour
    mode
    status
    scopes
    rateLimit
    monthlyQuota
    monthlyBudget
    allowedModels
    allowedIps
    boundToCreator
    expiresAt
    lastUsedAt
    overlapUntil
    responsibleId
    responsible {
      user {
        name
      }
    }
    team {
      name
    }
    usage {
      requests
      cost
      currency
    }
  }
`)
export const KeyChoices = graphql(/* GraphQL */ `
  query KeyChoices {
    rolePermissions(first: 1000, filter: { role: { equalTo: "api_key" } }) {
      nodes {
        permission
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
export const CreateKey = graphql(/* GraphQL */ `
  mutation CreateKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      result {
        key
      }
    }
  }
`)
export const UpdateKey = graphql(/* GraphQL */ `
  mutation UpdateKey($input: UpdateApiKeyInput!) {
    updateApiKey(input: $input) {
      result {
        id
      }
    }
  }
`)
export const RotateKey = graphql(/* GraphQL */ `
  mutation RotateKey($keyId: UUID!, $overlapSeconds: Int!) {
    rotateApiKey(input: { keyId: $keyId, overlapSeconds: $overlapSeconds }) {
      result {
        key
      }
    }
  }
`)
export const PauseKey = graphql(/* GraphQL */ `
  mutation PauseKey($keyId: UUID!) {
    pauseApiKey(input: { keyId: $keyId }) {
      result {
        id
      }
    }
  }
`)
export const ResumeKey = graphql(/* GraphQL */ `
  mutation ResumeKey($keyId: UUID!) {
    resumeApiKey(input: { keyId: $keyId }) {
      result {
        id
      }
    }
  }
`)
export const RevokeKey = graphql(/* GraphQL */ `
  mutation RevokeKey($keyId: UUID!) {
    revokeApiKey(input: { keyId: $keyId }) {
      result {
        id
      }
    }
  }
`)
