import { graphql } from '../api/graphql.ts'

export const InviteMembers = graphql(/* GraphQL */ `
  mutation InviteMembers($input: InviteMembersInput!) {
    inviteMembers(input: $input) {
      result {
        email
        status
        code
        reason
      }
    }
  }
`)
export const CreateJoinLink = graphql(/* GraphQL */ `
  mutation CreateJoinLink($input: CreateJoinLinkInput!) {
    createJoinLink(input: $input) {
      result {
        code
      }
    }
  }
`)
export const Invitations = graphql(/* GraphQL */ `
  query Invitations($after: Cursor) {
    invitations(first: 100, after: $after, orderBy: [CREATED_AT_DESC], filter: { status: { equalTo: "pending" } }) {
      nodes {
        id
        email
        role
        customRole {
          name
        }
        needsApproval
        createdAt
        sentAt
        expiresAt
        status
        userByInvitedBy {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    joinLinks(first: 100) {
      nodes {
        id
        role
        uses
        maxUses
        needsApproval
        allowedDomains
        expiresAt
        status
      }
    }
    joinRequests(first: 1000, filter: { status: { equalTo: "pending" } }) {
      nodes {
        id
        name
        email
        role
        createdAt
      }
    }
  }
`)
export const Resend = graphql(/* GraphQL */ `
  mutation Resend($id: UUID!) {
    resendInvitation(input: { invitationId: $id }) {
      result {
        id
      }
    }
  }
`)
export const Revoke = graphql(/* GraphQL */ `
  mutation Revoke($id: UUID!) {
    revokeInvitation(input: { invitationId: $id }) {
      result {
        id
      }
    }
  }
`)
export const RevokeLink = graphql(/* GraphQL */ `
  mutation RevokeLink($id: UUID!) {
    revokeJoinLink(input: { joinLinkId: $id }) {
      result {
        id
      }
    }
  }
`)
export const Approve = graphql(/* GraphQL */ `
  mutation Approve($id: UUID!) {
    approveJoinRequest(input: { joinRequestId: $id }) {
      result {
        id
      }
    }
  }
`)
export const Reject = graphql(/* GraphQL */ `
  mutation Reject($id: UUID!) {
    rejectJoinRequest(input: { joinRequestId: $id }) {
      result {
        id
      }
    }
  }
`)
