import type { CombinedError } from '@urql/core'

/** What the server says no with: the same content from GraphQL, REST and the token route. */
export class Refusal extends Error {
  readonly code: string
  readonly remedy: string | undefined
  readonly rule: string | undefined
  readonly details: Record<string, unknown>
  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.remedy = text(details['remedy'])
    this.rule = text(details['rule'])
    this.details = details
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** Of a REST answer: application/problem+json, or OAuth's form of it. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body: Record<string, unknown> = await response.json().catch(() => ({}))
  const code = text(body['code']) ?? text(body['error']) ?? 'INTERNAL'
  const message = text(body['title']) ?? text(body['error_description']) ?? response.statusText
  return new Refusal(code.toUpperCase(), message, { ...body, remedy: body['remedy'] ?? body['detail'] })
}

/** Of a GraphQL answer; the network's own failures count as one as well. */
export function refusalFrom(error: CombinedError): Refusal {
  const [first] = error.graphQLErrors
  if (!first) return new Refusal('OFFLINE', error.networkError?.message ?? error.message)
  return new Refusal(String(first.extensions?.['code'] ?? 'INTERNAL'), first.message, first.extensions)
}

export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal('OFFLINE', error instanceof Error ? error.message : String(error))
