import type { AnyVariables, Client, Exchange, Operation, OperationResult, TypedDocumentNode } from '@urql/core'
import { filter, map, merge, pipe, share, tap } from 'wonka'

/** For so many milliseconds an answer waits for the page that it is for, and for so many more: a page asks again while it begins. */
const patience = 5_000
const mounting = 1_000

/** Gives each page the answer to what was asked for it while it was loaded, instead of asking again. Nothing else is answered so. */
export function earlyAnswers() {
  const answers = new Map<number, OperationResult>()
  // What was true before a change is not shown after it.
  const forget = ({ kind }: Operation) => kind === 'mutation' && answers.clear()

  const take = (operation: Operation): OperationResult => {
    const answer = answers.get(operation.key)!
    setTimeout(() => answers.get(operation.key) === answer && answers.delete(operation.key), mounting)
    return { ...answer, operation }
  }

  const exchange: Exchange =
    ({ forward }) =>
    operations => {
      const all = pipe(operations, share)
      const isAnswered = ({ kind, key }: Operation) => kind === 'query' && answers.has(key)
      const others = pipe(
        all,
        filter(operation => !isAnswered(operation)),
        tap(forget)
      )
      return merge([
        pipe(all, filter(isAnswered), map(take)),
        pipe(
          forward(others),
          tap(({ operation }) => forget(operation))
        )
      ])
    }

  const ask = <Data, Variables extends AnyVariables>(
    client: Client,
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables
  ): Promise<OperationResult<Data, Variables>> =>
    new Promise(resolve => {
      let isFirst = true
      const { unsubscribe } = client.query(document, variables).subscribe(answer => {
        if (!isFirst) return
        isFirst = false
        const { key } = answer.operation
        if (!answer.error) answers.set(key, answer)
        resolve(answer)
        setTimeout(() => {
          answers.delete(key)
          unsubscribe()
        }, patience)
      })
    })

  return { exchange, ask }
}
