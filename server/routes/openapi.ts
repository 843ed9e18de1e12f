import type { Route } from './route.ts'

// What the routes' own operations refer to.
const problem = {
  description: 'A refusal (RFC 9457): the code stays the same, and title and detail say what was wrong and what to do.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
}
const oauthError = {
  description: 'A refusal in the words of OAuth 2 (RFC 6749, 5.2), with our code where there is one.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/OAuthError' } } }
}
export const problems = (...statuses: number[]) => Object.fromEntries(statuses.map(status => [status, problem]))
export const oauthErrors = (...statuses: number[]) => Object.fromEntries(statuses.map(status => [status, oauthError]))
export const json = (description: string, schema: object) => ({
  200: { description, content: { 'application/json': { schema } } }
})
/** The same fields as a form, as OAuth 2 has it, or as JSON. */
export const form = (schema: object) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema }, 'application/json': { schema } }
})

const text = { type: 'string' }
const codes = {
  code: { type: 'string', description: 'Stays the same; db/ERRORS.md lists all.' },
  status: { type: 'integer' },
  remedy: text,
  request_id: { type: 'string', format: 'uuid' },
  retry_after: { type: 'integer', description: 'Seconds to wait.' }
}
const schemas = {
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'code'],
    properties: { type: text, title: text, detail: text, ...codes }
  },
  OAuthError: {
    type: 'object',
    required: ['error', 'error_description'],
    properties: { error: text, error_description: text, ...codes }
  }
}

/** The document of every REST route, from the one table of them. */
export function describe(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { path, method, operation } of routes) if (operation) (paths[path] ??= {})[method] = operation
  return {
    openapi: '3.1.1',
    info: {
      title: 'Rowgate',
      version: '0.1.0',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'The routes beside GraphQL: usage, tokens, keys and health. All data is at POST /graphql, whose schema describes itself. '
        + 'Every answer has X-Request-Id; those that count against a limit have RateLimit and RateLimit-Policy.'
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' } }
    }
  }
}
