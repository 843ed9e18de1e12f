import { refusalOf } from './refusal.ts'

/** Sends fields to a REST route of ours, as JSON; throws Refusal. An answer without a body is undefined. */
export async function post<Answer = undefined>(
  path: string,
  fields: Record<string, string>,
  { token, keepalive = false }: { token?: string | undefined; keepalive?: boolean } = {}
): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    keepalive,
    headers: {
      'content-type': 'application/json',
      // Says that it is a page of this address that asks.
      'x-rowgate-page': 'console',
      ...(token && { authorization: `Bearer ${token}` })
    },
    body: JSON.stringify(fields)
  })
  if (!response.ok) throw await refusalOf(response)
  const body = await response.text()
  return (body ? JSON.parse(body) : undefined) as Answer
}
