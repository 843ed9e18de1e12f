import test from 'ava'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { startApi, type Api } from '../helpers/api.ts'

let api: Api
let document: any
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajvFormats.default(ajv)
test.before(async () => {
  api = await startApi()
  document = await (await fetch(`${api.url}/openapi.json`)).json()
  ajv.addSchema(document, 'document')
})
test.after.always(() => api.close())

const escape = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

/** The schema that the document has for such an answer; undefined for an answer that it does not promise. */
function promised(method: string, path: string, status: number, type: string): ValidateFunction | undefined {
  const place = ['paths', path, method, 'responses', String(status), 'content', type, 'schema']
  return ajv.getSchema(`document#/${place.map(escape).map(encodeURIComponent).join('/')}`)
}

test('the document is valid OpenAPI 3.1', async t => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  t.true(valid, JSON.stringify(errors))
  t.regex(document.openapi, /^3\.1\./)
})

test('what every route really answers, good or bad, is what the document says', async t => {
  const token = await api.join('documented')
  await api.graphql('mutation { createOrganization(input: { name: "D", slug: "documented" }) { result { id } } }', {
    token
  })
  const { data } = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', { token })
  const { key } = data.createApiKey.result
  const signIn = { grant_type: 'password', username: 'documented@example.com', password: 'password of documented' }
  const { body: session } = await api.token(signIn)

  await api.graphql('mutation { createBudget(input: { limitAmount: "10" }) { result { id } } }', { token })

  const joinLink = await api.graphql('mutation { createJoinLink(input: {}) { result { code } } }', { token })
  const { code } = joinLink.data.createJoinLink.result
  const guest = await api.join('guest')

  // As the worker notes it when it sends the mail.
  const verification = 'rgl_verification'
  await api.database.admin.query(
    `insert into app_private.account_link_tokens
     select sha256($1), account_links.id, 'current' from app_private.account_links join app_public.users on users.id = user_id
     where email = 'guest@example.com'`,
    [Buffer.from(verification)]
  )

  const bearer = { authorization: `Bearer ${token}` }
  const ofKey = { authorization: `Bearer ${key}` }
  const event = (id: string) => ({ idempotency_key: id, service: 'openai', model: 'gpt-5', cost: 1 })
  const calls: [
    method: string,
    path: string,
    status: number,
    body?: object | string,
    headers?: Record<string, string>
  ][] = [
    ['get', '/healthz', 200],
    ['get', '/readyz', 200],
    ['get', '/.well-known/jwks.json', 200],
    ['post', '/auth/token', 200, signIn],
    ['post', '/auth/token', 200, { grant_type: 'refresh_token', refresh_token: session.refresh_token }],
    ['post', '/auth/token', 400, { grant_type: 'refresh_token', refresh_token: session.refresh_token }],
    ['post', '/auth/token', 200, { grant_type: 'client_credentials', client_secret: key }],
    ['post', '/auth/token', 401, { grant_type: 'client_credentials', client_secret: 'rg_nope' }],
    ['post', '/auth/token', 400, { ...signIn, password: 'wrong' }],
    ['post', '/auth/token', 403, { ...signIn, tenant: 'nope' }],
    ['post', '/auth/token', 400, {}],
    ['post', '/auth/token', 400, '{'],
    ['post', '/auth/token', 415, 'x', { 'content-type': 'text/plain' }],
    ['post', '/auth/token', 413, `{"a":"${'x'.repeat(1_100_000)}"}`],
    ['post', '/auth/introspect', 200, { token: key }, bearer],
    ['post', '/auth/introspect', 200, { token }, bearer],
    ['post', '/auth/introspect', 200, { token: 'nope' }, bearer],
    ['post', '/auth/introspect', 401, { token }],
    ['post', '/auth/introspect', 422, {}, bearer],
    ['post', '/auth/introspect', 403, { token }, { ...bearer, 'x-tenant-id': 'nope' }],
    ['post', '/auth/identities', 401, { token: 'nope' }, bearer],
    ['post', '/auth/identities', 422, {}, bearer],
    ['post', '/auth/invitations/accept', 200, { token: code }, { authorization: `Bearer ${guest}` }],
    ['post', '/auth/invitations/accept', 409, { token: code }, bearer],
    ['post', '/auth/invitations/accept', 404, { token: 'nope' }, bearer],
    ['post', '/auth/invitations/accept', 401, { token: code }],
    ['post', '/auth/invitations/accept', 422, {}],
    ['post', '/auth/email/confirm', 410, { token: 'nope' }],
    ['post', '/auth/email/confirm', 422, {}],
    ['post', '/auth/email/confirm', 200, { token: verification }],
    ['post', '/auth/password/forgot', 422, {}],
    ['post', '/auth/password/reset', 410, { token: 'nope', password: 'a long enough one' }],
    ['post', '/auth/password/reset', 422, { token: 'nope', password: 'short' }],
    ['post', '/auth/password', 403, { current_password: 'wrong', password: 'a long enough one' }, bearer],
    ['post', '/auth/password', 401, { current_password: 'wrong', password: 'a long enough one' }],
    ['post', '/auth/password', 403, { current_password: 'wrong', password: 'a long enough one' }, ofKey],
    ['post', '/auth/introspect', 422, { token: key, address: 'nowhere' }, bearer],
    ['get', '/v1/key', 200, undefined, ofKey],
    ['get', '/v1/key', 401, undefined, bearer],
    ['get', '/v1/key', 403, undefined, { ...ofKey, 'x-tenant-id': 'nope' }],
    ...['usage', 'breakdown', 'members', 'statement'].flatMap((name): typeof calls => [
      ['get', `/v1/exports/${name}`, 401, undefined, { authorization: 'Bearer nope' }],
      ['get', `/v1/exports/${name}`, 422, undefined, bearer]
    ]),
    ['post', '/v1/exports', 401, { kind: 'usage', since: '2026-01-01T00:00:00Z' }],
    ['post', '/v1/exports', 422, { kind: 'usage' }, bearer],
    ['post', '/v1/exports', 200, { kind: 'usage', since: '2026-01-01T00:00:00Z' }, bearer],
    ['get', '/v1/exports/file', 410],
    ['get', '/v1/exports/{id}', 200, undefined, bearer],
    ['get', '/v1/exports/{id}', 403, undefined, ofKey],
    ['post', '/v1/exports/{id}/revoke', 200, undefined, bearer],
    ['post', '/v1/exports/{id}/revoke', 401],
    ['post', '/v1/usage', 200, event('1'), ofKey],
    ['post', '/v1/usage', 401, event('1')],
    ['post', '/v1/usage', 402, { ...event('2'), cost: 11 }, ofKey],
    ['post', '/v1/usage', 409, { ...event('1'), cost: 2 }, ofKey],
    ['post', '/v1/usage', 422, {}, ofKey],
    ['post', '/v1/usage', 400, '{', ofKey],
    ['post', '/v1/usage', 415, 'x', { ...ofKey, 'content-type': 'text/plain' }],
    ['post', '/v1/usage/batch', 200, [event('1'), event('3'), { ...event('4'), cost: 11 }], ofKey],
    ['post', '/v1/usage/batch', 413, ' '.repeat(9_000_000), ofKey],
    ['post', '/v1/usage/authorize', 200, event('5'), ofKey],
    ['post', '/v1/usage/settle', 404, { hold_id: '00000000-0000-7000-8000-000000000000' }, ofKey]
  ]
  const heldBy = async (id: string) => {
    const response = await fetch(`${api.url}/v1/usage/authorize`, {
      method: 'POST',
      headers: { ...ofKey, 'content-type': 'application/json' },
      body: JSON.stringify(event(id))
    })
    return { hold_id: ((await response.json()) as { id: string }).id }
  }
  calls.push(['post', '/v1/usage/settle', 200, await heldBy('6'), ofKey])
  calls.push(['post', '/v1/usage/release', 200, await heldBy('7'), ofKey])
  const asked = await api.database.admin
    .query(
      "insert into app_public.exports (organization_id, requested_by, kind, format, number) select organization_id, user_id, 'statement', 'csv', 1 from app_public.members join app_public.organizations on organizations.id = organization_id where slug = 'documented' and members.role = 'owner' returning id"
    )
    .then(({ rows }) => rows[0] as { id: string })
  for (const [method, path, status, body, headers] of calls) {
    const response = await fetch(api.url + path.replace('{id}', asked.id), {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
    })
    const what = `${method} ${path} ${status}`
    t.is(response.status, status, what)
    const answer = await response.json()
    const validate = promised(method, path, status, response.headers.get('content-type')!.split(';')[0]!)
    t.truthy(validate, `${what} is not in the document`)
    t.true(validate!(answer), `${what}: ${JSON.stringify(validate!.errors)} for ${JSON.stringify(answer)}`)
  }
  const covered = new Set(calls.map(([method, path]) => `${method} ${path}`))
  const all = Object.entries<any>(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map(method => `${method} ${path}`)
  )
  t.deepEqual(
    all.filter(route => !covered.has(route)),
    [],
    'every route was called'
  )

  const validate = promised('post', '/auth/introspect', 200, 'application/json')!
  t.false(validate({ active: true, surprise: 1 }), 'the control: a schema that finds something')
})

test('a page to read it comes with all that it needs from here, under a strict policy', async t => {
  const page = await fetch(`${api.url}/docs`)
  t.is(page.status, 200)
  const policy = page.headers.get('content-security-policy')!
  t.regex(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
  t.notRegex(policy, /unsafe|https?:|\*/)
  const html = await page.text()
  t.notRegex(html, /<script>|<style|https?:/)
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!)
  t.true(parts.length >= 4)
  for (const part of parts) {
    const response = await fetch(api.url + part)
    t.is(response.status, 200, part)
    t.true((await response.arrayBuffer()).byteLength > 0)
  }
  t.is((await fetch(`${api.url}/docs/package.json`)).status, 404)
  t.is((await fetch(`${api.url}/docs/..%2f..%2f..%2fpackage.json`)).status, 404)
})
