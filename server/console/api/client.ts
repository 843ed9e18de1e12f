import {
  Client,
  fetchExchange,
  makeOperation,
  mapExchange,
  type AnyVariables,
  type Exchange,
  type Operation,
  type OperationResult,
  type TypedDocumentNode
} from '@urql/core'
import { filter, makeSubject, merge, pipe, share, tap } from 'wonka'
import type { OrganizationOfMineFragment } from '../generated/graphql'
import { earlyAnswers } from './early.ts'
import { fetchSignedIn, sessionState, watchSession } from './session.ts'

/** After each mutation that was done, everything that is shown is asked for again: what depends on what, the server knows. */
const askAgain: Exchange =
  ({ forward }) =>
  operations => {
    const shown = new Map<number, Operation>()
    const { source: again, next } = makeSubject<Operation>()
    const watched = pipe(
      operations,
      tap(operation => {
        if (operation.kind === 'query') shown.set(operation.key, operation)
        if (operation.kind === 'teardown') shown.delete(operation.key)
      }),
      share
    )
    return pipe(
      forward(merge([watched, again])),
      filter(() => true),
      tap(({ operation, error }) => {
        if (operation.kind !== 'mutation' || error || operation.context['quiet']) return
        for (const query of shown.values()) next(makeOperation('query', query))
      })
    )
  }

/** What came beside a refusal is no answer: a page that asks for something else next must not draw it meanwhile. */
const wholeAnswers = mapExchange({ onResult: result => (result.error ? { ...result, data: undefined } : result) })

const clients = new Map<string | undefined, { client: Client; early: ReturnType<typeof earlyAnswers> }>()
// Whoever signs in next gets nothing of what was kept for the last.
watchSession(() => sessionState() === 'out' && clients.clear())

function open(slug: string | undefined) {
  const known = clients.get(slug)
  if (known) return known
  const early = earlyAnswers()
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetch: fetchSignedIn,
    fetchOptions: { headers: slug === undefined ? {} : { 'x-tenant-id': slug } },
    exchanges: [askAgain, early.exchange, wholeAnswers, fetchExchange]
  })
  const made = { client, early }
  clients.set(slug, made)
  return made
}

/** The API for one organization, named by its slug, or for none. */
export const clientOf = (slug?: string): Client => open(slug).client

/** What a page asks first, for an organization and for what stands in the address. */
export type Questions = (organization: OrganizationOfMineFragment, search: URLSearchParams) => void

/** Asks what a page is about to ask, so that the answer comes while the page is still being loaded. */
export function askEarly<Data, Variables extends AnyVariables>(
  slug: string | undefined,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables
): Promise<OperationResult<Data, Variables>> {
  const { client, early } = open(slug)
  return early.ask(client, document, variables)
}
