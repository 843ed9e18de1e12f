import { Client, fetchExchange, makeOperation, type Exchange, type Operation } from '@urql/core'
import { filter, makeSubject, merge, pipe, share, tap } from 'wonka'
import { fetchSignedIn } from './session.ts'

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

/** The API for one organization, named by its slug, or for none. */
export function makeClient(slug?: string): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetch: fetchSignedIn,
    fetchOptions: { headers: slug === undefined ? {} : { 'x-tenant-id': slug } },
    exchanges: [askAgain, fetchExchange]
  })
}
