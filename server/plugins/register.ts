import type pg from 'pg'
import { get, sideEffect } from 'postgraphile/grafast'
import { extendSchema, gql } from 'postgraphile/utils'
import { stretchNew } from '../password.ts'
import { flight } from '../pg.ts'
import { currentRequest } from '../request.ts'

interface RegisterInput {
  clientMutationId?: string
  email: string
  name: string
  password: string
}

/**
 * The mutation `register`. Not generated, because the database must not see the password: it is stretched here, and the
 * SQL function app_hidden.register gets the result.
 */
export const registerPlugin = (pool: pg.Pool): GraphileConfig.Plugin =>
  extendSchema({
    typeDefs: gql`
      """
      All input for the \`register\` mutation.
      """
      input RegisterInput {
        """
        An arbitrary string that comes back unchanged.
        """
        clientMutationId: String
        """
        The address to sign in with.
        """
        email: String!
        """
        The name to show, 1 to 200 characters.
        """
        name: String!
        """
        10 to 1,000 characters.
        """
        password: String!
      }

      """
      The output of our \`register\` mutation.
      """
      type RegisterPayload {
        """
        The string that came with the input.
        """
        clientMutationId: String
      }

      extend type Mutation {
        """
        Creates an account; sign in at /auth/token then. An e-mail asks to confirm the address. It answers alike for an
        address that has an account already: its owner is told by e-mail. Raises INVALID_INPUT.
        """
        register(input: RegisterInput!): RegisterPayload
      }
    `,
    objects: {
      Mutation: {
        plans: {
          register: (_: unknown, { $input }: any) => sideEffect($input, (input: any) => register(pool, input))
        }
      },
      RegisterPayload: {
        plans: {
          clientMutationId: ($payload: any) => get($payload, 'clientMutationId')
        }
      }
    }
  })

async function register(pool: pg.Pool, { clientMutationId, email, name, password }: RegisterInput) {
  await flight(pool, currentRequest().opening, {
    name: 'register',
    text: 'select app_hidden.register($1, $2, $3, $4)',
    values: [email, name, ...(await stretchNew(password))]
  })
  return { clientMutationId: clientMutationId ?? null }
}
