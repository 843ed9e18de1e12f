import { constant, listen } from 'postgraphile/grafast'
import { extendSchema, gql } from 'postgraphile/utils'
import type { BudgetWatch } from '../live.ts'

/** The subscription `budgetUpdated`. What comes through the watch is an id; the rest is read as everywhere. */
export const livePlugin = (watch: BudgetWatch): GraphileConfig.Plugin =>
  extendSchema(build => {
    const { budgets } = build.pgResources as Record<string, any>
    return {
      typeDefs: gql`
        """
        A budget that has changed.
        """
        type BudgetUpdate {
          """
          The budget; its \`state\` says what it stands at now. Null if you may not see it any more.
          """
          budget: Budget
        }

        extend type Subscription {
          """
          Tells when a budget of the organization that you see was charged or changed, about three times a second at
          most. It ends when you may not see them any more. Over POST with "Accept: text/event-stream", as the protocol
          of GraphQL over SSE has it. Needs budget:read. Raises FORBIDDEN, TENANT_FORBIDDEN, TOO_MANY_SUBSCRIPTIONS.
          """
          budgetUpdated(organizationId: UUID!): BudgetUpdate
        }
      `,
      objects: {
        Subscription: {
          plans: {
            budgetUpdated: {
              subscribePlan: (_: unknown, { $organizationId }: any) =>
                listen(constant(watch as any, false), $organizationId, ($id: any) => $id),
              plan: ($id: any) => $id
            }
          }
        },
        BudgetUpdate: {
          plans: { budget: ($id: any) => budgets.get({ id: $id }) }
        }
      }
    } as any
  })
