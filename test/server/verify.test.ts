import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'

let api: Api
test.before(async () => {
  // With limits on: the first request of a key asks for them, and goes another way than those that follow.
  api = await startApi({ rateLimits: true })
})
test.after.always(() => api.close())

async function tenant(name: string, options = '') {
  const token = await api.join(name)
  await api.graphql(`mutation { createOrganization(input: { name: "${name}", slug: "${name}" }) { result { id } } }`, {
    token
  })
  const { data } = await api.graphql(
    `mutation { createApiKey(input: { name: "k"${options} }) { result { key apiKey { id organizationId } } } }`,
    { token }
  )
  const { key, apiKey } = data.createApiKey.result
  return { token, key: key as string, id: apiKey.id as string, organization: apiKey.organizationId as string }
}
const verify = async (credential?: string, { tenant }: { tenant?: string } = {}) => {
  const response = await fetch(`${api.url}/v1/key`, {
    headers: {
      ...(credential && { authorization: `Bearer ${credential}` }),
      ...(tenant && { 'x-tenant-id': tenant })
    }
  })
  return { status: response.status, body: (await response.json()) as any, headers: response.headers }
}
const change = (token: string, verb: string, input: string) =>
  api.graphql(`mutation { ${verb}(input: { ${input} }) { result { id } } }`, { token })

test('a key is told what it may do, where and until when, at its first request and at the next', async t => {
  const { key, id, organization } = await tenant('telling', ', scopes: ["usage:record"], allowedModels: ["m"]')
  const first = await verify(key)
  t.is(first.status, 200)
  t.deepEqual(first.body, {
    key_id: id,
    name: 'k',
    mode: 'live',
    organization_id: organization,
    organization: 'telling',
    team_id: null,
    scopes: ['usage:record'],
    allowed_models: ['m'],
    expires_at: null
  })
  t.deepEqual((await verify(key)).body, first.body)
  t.is(first.headers.get('cache-control'), 'no-store')
  const prefix = key.slice(0, 20)
  const lines = api.logs.filter(line => line['req']?.path === '/v1/key' && line['key'] === prefix)
  t.deepEqual(
    lines.map(({ tenant }) => tenant),
    [organization, organization]
  )
  const { body } = await api.token({ grant_type: 'client_credentials', client_secret: key })
  t.is((await verify(body.access_token)).body.key_id, id, 'a token that was given for it')
  t.is((await verify(body.access_token)).body.key_id, id)
})

test('what holds of a key is read at each request', async t => {
  const { token, key, id } = await tenant('changing')
  for (let n = 0; n < 2; n++) t.is((await verify(key)).status, 200)

  await change(token, 'pauseApiKey', `keyId: "${id}"`)
  const paused = await verify(key)
  t.like(paused, { status: 401, body: { code: 'API_KEY_PAUSED' } })
  t.false('address' in paused.body, 'where it is used is not what is wrong')
  await change(token, 'resumeApiKey', `keyId: "${id}"`)
  t.is((await verify(key)).status, 200)

  await change(token, 'updateApiKey', `keyId: "${id}", scopes: ["budget:read"]`)
  t.deepEqual((await verify(key)).body.scopes, ['budget:read'])

  await change(token, 'updateApiKey', `keyId: "${id}", allowedIps: ["192.0.2.0/24"]`)
  t.like(await verify(key), { status: 403, body: { code: 'ADDRESS_FORBIDDEN', address: '127.0.0.1' } })
  await change(token, 'updateApiKey', `keyId: "${id}", allowedIps: ["127.0.0.0/8"]`)
  t.is((await verify(key)).status, 200)

  await change(token, 'revokeApiKey', `keyId: "${id}"`)
  t.like(await verify(key), { status: 401, body: { code: 'API_KEY_INVALID' } })
})

test('in an organization that is suspended no key is good', async t => {
  const { key, organization } = await tenant('suspending')
  for (let n = 0; n < 2; n++) t.is((await verify(key)).status, 200)
  const { admin } = api.database
  await admin.query("update app_public.organizations set status = 'suspended' where id = $1", [organization])
  t.like(await verify(key), { status: 403, body: { code: 'ORGANIZATION_SUSPENDED' } })
  await admin.query("update app_public.organizations set status = 'active' where id = $1", [organization])
  t.is((await verify(key)).status, 200)
})

test('a tenant that the key is not of is refused, its own is not', async t => {
  const { key } = await tenant('hinting')
  const { organization } = await tenant('hinted')
  t.is((await verify(key, { tenant: 'hinting' })).status, 200)
  t.is((await verify(key, { tenant: 'hinting' })).status, 200)
  t.like(await verify(key, { tenant: organization }), { status: 403, body: { code: 'TENANT_FORBIDDEN' } })
})

test('who is no key is refused', async t => {
  const { token } = await tenant('person')
  t.like(await verify(token), { status: 401, body: { code: 'API_KEY_INVALID' } })
  t.like(await verify(), { status: 401, body: { code: 'UNAUTHENTICATED' } })
})

test('of many at the same time each gets its own answer', async t => {
  const owner = await tenant('crowd')
  await api.database.admin.query("update app_public.organizations set plan = 'enterprise' where slug = 'crowd'")
  const made = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const { data } = await api.graphql(
        `mutation { createApiKey(input: { name: "k${n}" }) { result { key apiKey { id } } } }`,
        { token: owner.token }
      )
      return { key: data.createApiKey.result.key as string, id: data.createApiKey.result.apiKey.id as string }
    })
  )
  // Each is known from then on, and may go together with others.
  await Promise.all(made.map(({ key }) => verify(key)))
  const revoked = made.filter((_, n) => n % 3 === 0)
  for (const { id } of revoked) await change(owner.token, 'revokeApiKey', `keyId: "${id}"`)
  const asked = Array.from({ length: 100 }, (_, n) => made[n % made.length]!)
  const answers = await Promise.all(asked.map(({ key }) => verify(key)))
  t.deepEqual(
    answers.map(({ status, body }) => (status === 200 ? body.key_id : body.code)),
    asked.map(({ id }) => (revoked.some(key => key.id === id) ? 'API_KEY_INVALID' : id))
  )
})
