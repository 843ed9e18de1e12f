import test from 'ava'
import jwt from 'jsonwebtoken'
import { startApi, type Api } from '../helpers/api.ts'
import { newKey } from '../helpers/keys.ts'

let api: Api
test.before(async () => {
  api = await startApi()
})
test.after.always(() => api.close())

async function tenant(name: string) {
  const token = await api.join(name)
  await api.graphql(`mutation { createOrganization(input: { name: "${name}", slug: "${name}" }) { result { id } } }`, {
    token
  })
  const { data } = await api.graphql(
    'mutation { createApiKey(input: { name: "k" }) { result { key apiKey { id organizationId } } } }',
    { token }
  )
  const { key, apiKey } = data.createApiKey.result
  return { token, key: key as string, id: apiKey.id as string, organization: apiKey.organizationId as string }
}
const revoke = (token: string, id: string) =>
  api.graphql(`mutation { revokeApiKey(input: { keyId: "${id}" }) { result { id } } }`, { token })
const exchange = (secret: string) => api.token({ grant_type: 'client_credentials', client_secret: secret })
const record =
  'mutation { recordUsage(input: { idempotencyKey: "1", service: "s", model: "m", cost: 1 }) { result { apiKeyId } } }'
const introspect = async (caller: string | undefined, token: unknown, address?: string) => {
  const response = await fetch(`${api.url}/auth/introspect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(caller && { authorization: `Bearer ${caller}` }) },
    body: JSON.stringify({ token, address })
  })
  return { status: response.status, body: (await response.json()) as any }
}

test('an API key is exchanged for a short token that acts as the key, and dies with it', async t => {
  const { token, key, id } = await tenant('exchanging')
  const { status, body } = await exchange(key)
  t.is(status, 200)
  t.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'token_type'], 'no refresh token')
  const claims = jwt.decode(body.access_token) as jwt.JwtPayload
  t.like(claims, { sub: id, client_id: id })
  t.regex(claims['sid'], /^[0-9a-f-]{36}$/, 'its secret')
  t.is(claims.exp! - claims.iat!, 900)
  const recorded = await api.graphql(record, { token: body.access_token })
  t.is(recorded.data.recordUsage.result.apiKeyId, id)
  t.is(
    (await api.graphql('{ me { id } }', { token: body.access_token })).errors![0]!.extensions['code'],
    'FORBIDDEN',
    'it is no person'
  )

  await revoke(token, id)
  const refused = await api.graphql(record, { token: body.access_token })
  t.is(refused.status, 401)
  t.is(refused.errors![0]!.extensions['code'], 'API_KEY_INVALID')
  t.like(await exchange(key), { status: 401, body: { error: 'invalid_client', code: 'API_KEY_INVALID' } })
})

test('the key may come as the password of HTTP Basic, and what is no key is refused', async t => {
  const { key } = await tenant('basic')
  const basic = async (password: string) => {
    const response = await fetch(`${api.url}/auth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`anything:${password}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' })
    })
    return response.status
  }
  t.is(await basic(key), 200)
  t.is(await basic(`${key}x`), 401)
  t.is((await exchange('rg_nope')).status, 401)
  t.like(await exchange(''), { status: 400, body: { error: 'invalid_request' } })
})

test('a token that claims to be for a key and for a session, or for a key that is another, is refused', async t => {
  const { key } = await tenant('forging')
  const { body } = await exchange(key)
  const claims = jwt.decode(body.access_token) as jwt.JwtPayload
  const sign = (changes: object) =>
    jwt.sign({ ...claims, ...changes }, 'a secret for tests, long enough to sign with', {
      header: { alg: 'HS256', typ: 'at+jwt' }
    })
  const ask = async (token: string) => (await api.graphql('{ organizations { nodes { id } } }', { token })).status
  t.is(await ask(sign({})), 200, 'the control')
  t.is(await ask(sign({ sid: claims.sub })), 401)
  t.is(await ask(sign({ sid: undefined })), 401)
  t.is(await ask(sign({ client_id: claims.jti })), 401)
  t.is(await ask(sign({ client_id: claims.jti, sub: claims.jti })), 401, 'a key that does not exist')
})

test('a service learns whether a key or token of its own organization is good, and nothing of any other', async t => {
  const own = await tenant('asking')
  const other = await tenant('foreign')
  const { body: exchanged } = await exchange(own.key)

  const person = await introspect(own.key, own.token)
  t.like(person.body, { active: true, token_type: 'Bearer', organization_id: own.organization, iss: 'rowgate' })
  t.is(person.body.sub, (jwt.decode(own.token) as jwt.JwtPayload).sub)
  t.is(person.body.exp, (jwt.decode(own.token) as jwt.JwtPayload).exp)
  const key = await introspect(own.token, own.key)
  t.like(key.body, { active: true, token_type: 'api_key', sub: own.id, client_id: own.id })
  t.regex(key.body.scope, /\busage:record\b/)
  t.like((await introspect(own.key, exchanged.access_token)).body, {
    active: true,
    token_type: 'Bearer',
    client_id: own.id
  })

  const inactive = { status: 200, body: { active: false } }
  for (const token of [other.token, other.key, 'garbage', '', 'a.b.c', newKey().key, `${own.key}x`, `${own.token}x`]) {
    t.deepEqual(await introspect(own.key, token), inactive, token)
  }
  t.like(await introspect(undefined, own.token), { status: 401, body: { code: 'UNAUTHENTICATED' } })
  t.like(await introspect('garbage', own.token), { status: 401, body: { code: 'TOKEN_INVALID' } })
  t.like(await introspect(own.key, 1), { status: 422, body: { code: 'INVALID_INPUT' } })

  await api.graphql(
    `mutation { updateApiKey(input: { keyId: "${own.id}", allowedIps: ["127.0.0.1", "192.0.2.0/24"] }) { result { id } } }`,
    { token: own.token }
  )
  t.true((await introspect(own.token, own.key)).body.active, 'nobody says where it was shown')
  t.true((await introspect(own.token, own.key, '192.0.2.7')).body.active)
  t.deepEqual(await introspect(own.token, own.key, '198.51.100.7'), inactive)
  t.like(await introspect(own.token, own.key, 'nowhere'), { status: 422, body: { code: 'INVALID_INPUT' } })

  await revoke(own.token, own.id)
  t.deepEqual(await introspect(own.token, own.key), inactive)
  t.deepEqual(await introspect(own.token, exchanged.access_token), inactive)
  t.is((await introspect(own.key, own.token)).status, 401)
})
