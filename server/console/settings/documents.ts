import { graphql } from '../api/graphql.ts'

export const Settings = graphql(/* GraphQL */ `
  query Settings($id: UUID!) {
    organization(id: $id) {
      id
      slug
      name
      description
      logoUrl
      locale
      timeZone
      currency
      creditOrder
      retentionMonths
      strictPricing
    }
    ownershipTransfers(first: 10, filter: { status: { equalTo: "pending" } }) {
      nodes {
        id
        toUserId
        expiresAt
        fromUser {
          name
        }
        toUser {
          name
        }
      }
    }
  }
`)
export const UpdateOrganization = graphql(/* GraphQL */ `
  mutation UpdateOrganization($input: UpdateOrganizationInput!) {
    updateOrganization(input: $input) {
      result {
        slug
      }
    }
  }
`)
export const UpdateMetering = graphql(/* GraphQL */ `
  mutation UpdateMetering($input: UpdateMeteringInput!) {
    updateMetering(input: $input) {
      result {
        id
      }
    }
  }
`)
export const OfferOwnership = graphql(/* GraphQL */ `
  mutation OfferOwnership($userId: UUID!, $thenRole: String) {
    offerOwnership(input: { userId: $userId, thenRole: $thenRole }) {
      result {
        id
      }
    }
  }
`)
export const AcceptOwnership = graphql(/* GraphQL */ `
  mutation AcceptOwnership($transferId: UUID!) {
    acceptOwnership(input: { transferId: $transferId }) {
      result {
        id
      }
    }
  }
`)
export const CancelOwnershipOffer = graphql(/* GraphQL */ `
  mutation CancelOwnershipOffer($transferId: UUID!) {
    cancelOwnershipOffer(input: { transferId: $transferId }) {
      result {
        id
      }
    }
  }
`)
export const DeleteOrganization = graphql(/* GraphQL */ `
  mutation DeleteOrganization {
    deleteOrganization(input: {}) {
      result {
        id
      }
    }
  }
`)
export const LeaveOrganization = graphql(/* GraphQL */ `
  mutation LeaveOrganization {
    leaveOrganization(input: {}) {
      result {
        id
      }
    }
  }
`)
