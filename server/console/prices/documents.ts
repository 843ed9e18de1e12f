import { graphql } from '../api/graphql.ts'

export const ListPrices = graphql(/* GraphQL */ `
  query ListPrices($after: Cursor, $filter: ModelPriceFilter) {
    modelPrices(first: 50, after: $after, orderBy: [SERVICE_ASC, MODEL_ASC, EFFECTIVE_FROM_DESC], filter: $filter) {
      nodes {
        ...Price
        fromTokensIn
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment Price on ModelPrice {
    id
    service
    model
    unit
    price
    currency
    effectiveFrom
    effectiveTo
  }
`)
export const OwnPrices = graphql(/* GraphQL */ `
  query OwnPrices($after: Cursor) {
    organizationModelPrices(first: 50, after: $after, orderBy: [SERVICE_ASC, MODEL_ASC, EFFECTIVE_FROM_DESC]) {
      nodes {
        ...OwnPrice
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment OwnPrice on OrganizationModelPrice {
    id
    service
    model
    unit
    price
    currency
    effectiveFrom
    effectiveTo
  }
`)
export const SetPrice = graphql(/* GraphQL */ `
  mutation SetPrice($input: SetModelPriceInput!) {
    setModelPrice(input: $input) {
      clientMutationId
    }
  }
`)
export const ResetPrice = graphql(/* GraphQL */ `
  mutation ResetPrice($service: String!, $model: String!) {
    resetModelPrice(input: { service: $service, model: $model }) {
      clientMutationId
    }
  }
`)
