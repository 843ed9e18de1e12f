import { App } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql'
import { asRefusal, refusalFrom, type Refusal } from '../api/refusal.ts'
import { wordsOf } from './words.ts'

/** Runs a mutation and answers what it answers. Throws Refusal. */
export function useMutate() {
  const client = useClient()
  return useCallback(
    async <Data, Variables extends AnyVariables>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables
    ): Promise<Data> => {
      const { data, error } = await client.mutation(document, variables).toPromise()
      if (error) throw refusalFrom(error)
      return data!
    },
    [client]
  )
}

/** The same for what has no form to show a refusal in: it is told in a corner of the page, and undefined is answered. */
export function useAct() {
  const mutate = useMutate()
  const tell = useTell()
  const { message } = App.useApp()
  return async <Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    done?: string
  ): Promise<Data | undefined> => {
    try {
      const data = await mutate(document, variables)
      if (done) void message.success(done)
      return data
    } catch (error) {
      tell(asRefusal(error))
      return undefined
    }
  }
}

/** Tells a refusal in a corner of the page. */
export function useTell() {
  const { notification } = App.useApp()
  const { i18n } = useTranslation()
  return (refusal: Refusal) => {
    const { title, advice } = wordsOf(refusal, i18n.language)
    notification.error({ title, description: advice })
  }
}
