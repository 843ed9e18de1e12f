/** What came of a mutation: its result, or the code of the refusal. */
export type Answer = { code: 'done'; result: any } | { code: string; extensions: Record<string, any> }

/** The call may or may not have been done: the connection was lost, or the API could not tell. */
export class Unanswered extends Error {}

/** A mutation over HTTP, as an API key. */
export async function mutate(
  url: string,
  key: string,
  name: string,
  input: Record<string, unknown>,
  fields = 'id'
): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`
  let response: Response
  let body: any
  try {
    response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        query: `mutation ($input: ${type}) { ${name}(input: $input) { result { ${fields} } } }`,
        variables: { input }
      })
    })
    body = await response.json()
  } catch (error) {
    throw new Unanswered((error as Error).message)
  }
  if (response.status >= 500) throw new Unanswered(`status ${response.status}`)
  const [error] = body.errors ?? []
  if (!error) return { code: 'done', result: body.data[name].result }
  const { code = 'none', ...extensions } = error.extensions ?? {}
  // Nothing that a client did wrong: an error that the API itself did not expect.
  if (['INTERNAL', 'DATABASE_UNAVAILABLE', 'TIMEOUT', 'RETRY'].includes(code))
    throw new Unanswered(`${code} ${error.message}`)
  return { code, extensions: { message: error.message, ...extensions } }
}

/** Asks again until there is an answer, each time somewhere else: what idempotency keys are for. */
export async function insist(work: () => Promise<Answer>, patience = 60_000): Promise<Answer> {
  const end = Date.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Unanswered) || Date.now() > end) throw error
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}
