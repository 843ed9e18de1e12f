import test from 'ava'
import { readApiKey } from '../../server/api_key.ts'
import { startApi, type Api } from '../helpers/api.ts'
import { openDatabase, type Database } from '../helpers/database.ts'
import { newKey } from '../helpers/keys.ts'
import { startProxy, type Proxy } from '../helpers/proxy.ts'

let database: Database
let proxy: Proxy
let api: Api
test.before(async () => {
  database = await openDatabase()
  proxy = await startProxy(database.apiUrl)
  api = await startApi({ databaseUrl: proxy.url, trustedProxies: ['loopback'] }, database)
})
test.after.always(async () => {
  await api.close()
  await proxy.stop()
  await database.close()
})

async function tenant(name: string, input = '') {
  const token = await api.join(name)
  await api.graphql(`mutation { createOrganization(input: { name: "${name}", slug: "${name}" }) { result { id } } }`, {
    token
  })
  const { data } = await api.graphql(
    `mutation { createApiKey(input: { name: "k" ${input} }) { result { key apiKey { id mode } } } }`,
    { token }
  )
  const { key, apiKey } = data.createApiKey.result
  return { token, key: key as string, id: apiKey.id as string, mode: apiKey.mode as string }
}
async function get(credential: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}`, ...headers },
    body: '{"query":"{ organizations { nodes { id } } }"}'
  })
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] }
  return { status: response.status, code: errors?.[0]?.extensions.code }
}

test.serial('a key with one character wrong, or cut off, is refused without asking the database', async t => {
  const { key } = await tenant('typo')
  t.is((await get(key)).status, 200)
  const before = proxy.flights()
  const place = key.length - 20
  const wrong = key.slice(0, place) + (key[place] === 'a' ? 'b' : 'a') + key.slice(place + 1)
  const swapped = key.slice(0, 30) + key[31] + key[30] + key.slice(32)
  const typos = [
    wrong,
    ...(swapped === key ? [] : [swapped]),
    key.slice(0, -1),
    `${key}0`,
    key.toLowerCase(),
    'rg_live_'
  ]
  for (const typo of [...typos, key.replace('live', 'test')]) {
    t.deepEqual(await get(typo), { status: 401, code: 'API_KEY_MALFORMED' }, typo)
    const { status, body } = await api.token({ grant_type: 'client_credentials', client_secret: typo })
    t.like({ status, ...body }, { status: 401, error: 'invalid_client', code: 'API_KEY_MALFORMED' })
  }
  t.is(proxy.flights(), before)
  t.deepEqual(
    await get(newKey().key),
    { status: 401, code: 'API_KEY_INVALID' },
    'the control: a whole one is asked about'
  )
  t.true(proxy.flights() > before)
})

test.serial('no single wrong character and no two swapped ones pass the checksum', t => {
  const { key } = newKey('test')
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  t.is(readApiKey(key).prefix, key.slice(0, 20))
  for (let place = 8; place < key.length; place++) {
    if (key[place] === '_') continue
    for (const letter of letters) {
      if (letter === key[place]) continue
      t.throws(() => readApiKey(key.slice(0, place) + letter + key.slice(place + 1)))
    }
    const swapped = key.slice(0, place) + (key[place + 1] ?? '') + key[place] + key.slice(place + 2)
    if (place + 1 < key.length && swapped !== key) t.throws(() => readApiKey(swapped))
  }
})

test.serial('the mode of a key is part of it', async t => {
  const { key, mode } = await tenant('mode', ', mode: "test"')
  t.is(mode, 'test')
  t.true(key.startsWith('rg_test_'))
  t.is((await get(key)).status, 200)
})

test.serial('a key with networks is judged by the address of the client, not of the proxy in front', async t => {
  const { token, key, id } = await tenant('networks', ', allowedIps: ["203.0.113.0/24", "2001:db8::/32"]')
  t.deepEqual(await get(key), { status: 403, code: 'ADDRESS_FORBIDDEN' })
  const from = (address: string) => get(key, { 'x-forwarded-for': address })
  t.is((await from('203.0.113.9')).status, 200)
  t.is((await from('::ffff:203.0.113.9')).status, 200)
  t.is((await from('2001:db8::7')).status, 200)
  t.is((await from('203.0.113.9, 198.51.100.1')).status, 403, 'only the last hop is believed')
  t.is((await from('nonsense')).status, 403)
  const update = (input: string) =>
    api.graphql(`mutation { updateApiKey(input: { keyId: "${id}" ${input} }) { result { allowedIps } } }`, { token })
  t.deepEqual((await update(', allowedIps: ["127.0.0.0/8", "::1/128"]')).data.updateApiKey.result.allowedIps, [
    '127.0.0.0/8',
    '::1/128'
  ])
  t.is((await get(key)).status, 200)
  t.is((await update(', allowedIps: ["10.0.0.1/8"]')).errors![0]!.extensions['code'], 'INVALID_INPUT')
})

test.serial('a token that was given for a secret ends with the secret', async t => {
  const { token, key, id } = await tenant('rotating')
  const { body } = await api.token({ grant_type: 'client_credentials', client_secret: key })
  t.is((await get(body.access_token)).status, 200)
  const rotate = (seconds: number) =>
    api.graphql(
      `mutation { rotateApiKey(input: { keyId: "${id}", overlapSeconds: ${seconds} }) { result { key apiKey { overlapUntil } } } }`,
      { token }
    )
  await rotate(60)
  t.is((await get(body.access_token)).status, 200)
  const { key: fresh } = (await rotate(0)).data.rotateApiKey.result
  for (const credential of [key, body.access_token]) {
    t.deepEqual(await get(credential), { status: 401, code: 'API_KEY_INVALID' })
  }
  t.is((await get(fresh)).status, 200)
})

test.serial('requests and the last use are told in batches, for keys and their tokens, accepted ones only', async t => {
  const { token, key, id } = await tenant('counted')
  await api.server.report()
  const { body } = await api.token({ grant_type: 'client_credentials', client_secret: key })
  const before = new Date()
  for (const credential of [key, key, body.access_token]) await get(credential)
  await get(key, { 'x-tenant-id': 'nope' })
  const after = new Date()
  const read = async () => {
    const { data } = await api.graphql('{ orgApiKeys { nodes { id requestCount lastUsedAt usage { requests } } } }', {
      token
    })
    return data.orgApiKeys.nodes.find((node: any) => node.id === id)
  }
  t.like(await read(), { requestCount: '0', lastUsedAt: null })
  await api.server.report()
  const { requestCount, lastUsedAt, usage } = await read()
  t.is(requestCount, '4', 'with the one for the token')
  t.true(new Date(lastUsedAt) >= before && new Date(lastUsedAt) <= after)
  t.is(usage.requests, '0', 'none of them was metered')
})

test.serial('what was done to a key is read as audit events', async t => {
  const { token, key, id } = await tenant('audited')
  await api.graphql(`mutation { pauseApiKey(input: { keyId: "${id}" }) { result { status } } }`, { token })
  t.deepEqual(await get(key), { status: 401, code: 'API_KEY_PAUSED' })
  const { data } = await api.graphql(
    `{ auditEvents(orderBy: AT_DESC, filter: { subjectId: { equalTo: "${id}" } }) {
         totalCount nodes { action actorUser { name } subjectKind details requestId } } }`,
    { token }
  )
  t.is(data.auditEvents.totalCount, 2)
  const [event] = data.auditEvents.nodes
  t.like(event, { action: 'api_key:paused', actorUser: { name: 'audited' }, subjectKind: 'api_key' })
  t.true(
    api.logs.some(({ req }) => req?.id === event.requestId),
    'the request is in the log'
  )
})
