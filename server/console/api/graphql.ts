import { gql } from '@urql/core'
import type { graphql as typed } from '../generated/gql'

/** A document whose types are generated from db/schema.graphql; its text is parsed here, where it stands. */
export const graphql = gql as unknown as typeof typed
