import { graphql } from '../api/graphql.ts'

export const Acknowledge = graphql(/* GraphQL */ `
  mutation AcknowledgeAlert($alertId: UUID!) {
    acknowledgeAlert(input: { alertId: $alertId }) {
      result {
        id
      }
    }
  }
`)
export const ResendDelivery = graphql(/* GraphQL */ `
  mutation ResendAlert($deliveryId: UUID!) {
    resendAlert(input: { deliveryId: $deliveryId }) {
      result {
        id
      }
    }
  }
`)
export const CreateRule = graphql(/* GraphQL */ `
  mutation CreateAlertRule($input: CreateAlertRuleInput!) {
    createAlertRule(input: $input) {
      result {
        id
      }
    }
  }
`)
export const UpdateRule = graphql(/* GraphQL */ `
  mutation UpdateAlertRule($input: UpdateAlertRuleInput!) {
    updateAlertRule(input: $input) {
      result {
        id
      }
    }
  }
`)
export const MuteRule = graphql(/* GraphQL */ `
  mutation MuteAlertRule($ruleId: UUID!, $until: Datetime) {
    muteAlertRule(input: { ruleId: $ruleId, until: $until }) {
      result {
        id
      }
    }
  }
`)
export const DeleteRule = graphql(/* GraphQL */ `
  mutation DeleteAlertRule($ruleId: UUID!) {
    deleteAlertRule(input: { ruleId: $ruleId }) {
      result {
        id
      }
    }
  }
`)
export const CreateChannel = graphql(/* GraphQL */ `
  mutation CreateAlertChannel($input: CreateAlertChannelInput!) {
    createAlertChannel(input: $input) {
      result {
        secret
      }
    }
  }
`)
export const UpdateChannel = graphql(/* GraphQL */ `
  mutation UpdateAlertChannel($input: UpdateAlertChannelInput!) {
    updateAlertChannel(input: $input) {
      result {
        id
      }
    }
  }
`)
export const RotateSecret = graphql(/* GraphQL */ `
  mutation RotateAlertChannelSecret($channelId: UUID!) {
    rotateAlertChannelSecret(input: { channelId: $channelId }) {
      result {
        secret
      }
    }
  }
`)
export const EnableChannel = graphql(/* GraphQL */ `
  mutation EnableAlertChannel($channelId: UUID!) {
    enableAlertChannel(input: { channelId: $channelId }) {
      result {
        id
      }
    }
  }
`)
export const DeleteChannel = graphql(/* GraphQL */ `
  mutation DeleteAlertChannel($channelId: UUID!) {
    deleteAlertChannel(input: { channelId: $channelId }) {
      result {
        id
      }
    }
  }
`)
