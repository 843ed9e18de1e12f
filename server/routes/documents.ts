import { fileURLToPath } from 'node:url'
import type { TokenKeys } from '../keys.ts'
import { describe, json } from './openapi.ts'
import type { Route } from './route.ts'

/** GET /.well-known/jwks.json: the public keys that our tokens are signed with. */
export const jwksRoute = ({ jwks }: TokenKeys): Route => ({
  method: 'get',
  path: '/.well-known/jwks.json',
  operation: {
    operationId: 'jwks',
    tags: ['tokens'],
    summary: 'The keys that access tokens are signed with',
    description:
      'None while a shared secret signs them. A new key is here before it signs, and an old one until its tokens have ended.',
    responses: json('The public keys (RFC 7517).', {
      type: 'object',
      required: ['keys'],
      properties: {
        keys: {
          type: 'array',
          items: {
            type: 'object',
            required: ['kty', 'kid', 'alg', 'use'],
            properties: { kty: { enum: ['EC', 'RSA'] }, alg: { enum: ['ES256', 'RS256'] }, use: { const: 'sig' } },
            // A private part must never be here.
            not: { anyOf: ['d', 'p', 'q', 'k'].map(name => ({ required: [name] })) }
          }
        }
      },
      additionalProperties: false
    })
  },
  handlers: [(_request, response) => void response.set('Cache-Control', 'public, max-age=300').json(jwks)]
})

const library = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')))
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rowgate: REST routes</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="page"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
const start = "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', validatorUrl: null })\n"
// Only what comes from here. The library draws its icons from data.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** GET /openapi.json: the routes as OpenAPI 3.1, and GET /docs, a page to read it. */
export function documentRoutes(routes: readonly Route[]): Route[] {
  const document = describe(routes)
  return [
    {
      method: 'get',
      path: '/openapi.json',
      handlers: [(_request, response) => void response.json(document)]
    },
    {
      method: 'get',
      path: '/docs',
      handlers: [(_request, response) => void response.set('Content-Security-Policy', policy).type('html').send(page)]
    },
    {
      method: 'get',
      path: '/docs/start.js',
      handlers: [(_request, response) => void response.type('js').send(start)]
    },
    ...assets.map((name): Route => ({
      method: 'get',
      path: `/docs/${name}`,
      handlers: [(_request, response) => response.sendFile(name, { root: library, maxAge: '1h', dotfiles: 'allow' })]
    }))
  ]
}
