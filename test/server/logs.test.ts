import test from 'ava'
import { makeLog } from '../../server/log.ts'
import { startApi } from '../helpers/api.ts'

test('a log line has request id, caller and tenant, and no log holds a secret', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('logged')
  const created = await api.graphql(
    'mutation { createOrganization(input: { name: "L", slug: "logged" }) { result { id } } }',
    { token }
  )
  const organization = created.data.createOrganization.result.id
  const { data } = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', { token })
  const { key } = data.createApiKey.result
  const { headers } = await api.graphql('{ organizations { nodes { id } } }', { token: key })
  const { body } = await api.token({
    grant_type: 'password',
    username: 'logged@example.com',
    password: 'password of logged'
  })
  await api.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })
  await api.graphql('{ me { id } }', { token: 'garbage-credential' })
  await fetch(`${api.url}/nope?token=${token}`)

  const line = api.logs.find(({ reqId }) => reqId === headers.get('x-request-id'))!
  t.like(line, {
    tenant: organization,
    caller: 'key',
    req: { method: 'POST', path: '/graphql' },
    res: { statusCode: 200 }
  })

  const everything = JSON.stringify(api.logs)
  for (const secret of [
    token,
    key,
    body.refresh_token,
    body.access_token,
    'password of logged',
    'garbage-credential'
  ]) {
    t.false(everything.includes(secret))
  }
  t.true(everything.includes('/auth/token'), 'the control: these requests were logged')
})

test('a request id from outside is not taken over', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const response = await fetch(`${api.url}/healthz`, { headers: { 'x-request-id': 'chosen' } })
  t.regex(response.headers.get('x-request-id')!, /^[0-9a-f-]{36}$/)
})

test('each request is one line that says who, for whom, what, how long and what came of it', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('told')
  const { data } = await api.graphql(
    'mutation { createOrganization(input: { name: "T", slug: "told" }) { result { id } } }',
    { token }
  )
  const tenant = data.createOrganization.result.id
  const created = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', { token })
  const { key } = created.data.createApiKey.result

  const linesOf = ({ headers }: { headers: Headers }) =>
    api.logs.filter(({ reqId }) => reqId === headers.get('x-request-id'))
  const asPerson = linesOf(await api.graphql('query Overview { me { id name } }', { token }))
  t.is(asPerson.length, 1)
  const [person] = asPerson
  t.like(person, { caller: 'person', tenant, slug: 'told', operation: 'Overview', res: { statusCode: 200 } })
  t.regex(person!['user'], /^[0-9a-f-]{36}$/)
  t.regex(person!['trace'], /^[0-9a-f]{32}$/)
  t.is(typeof person!['responseTime'], 'number')
  t.false('key' in person! || 'problems' in person!)

  const refusing =
    'mutation Use { recordUsage(input: { idempotencyKey: "1", service: "s", model: "m", cost: -1 }) { result { id } } }'
  const asKey = linesOf(await api.graphql(refusing, { token: key }))
  t.is(asKey.length, 1)
  t.like(asKey[0], { caller: 'key', key: key.slice(0, 20), tenant, operation: 'Use', problems: ['INVALID_INPUT'] })
  t.false('user' in asKey[0]!)

  const [anonymous] = linesOf(await fetch(`${api.url}/healthz`))
  t.like(anonymous, { caller: 'anonymous', req: { path: '/healthz' } })
  t.false('tenant' in anonymous! || 'operation' in anonymous!)
})

test('what only looks like a key, and an operation name that is none, stay out of the log', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  await api.graphql('{ me { id } }', { token: 'rg_aMistypedPassword' })
  await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }', operationName: 'x\n{"level":60,"msg":"forged"}' })
  })
  t.is(api.logs.filter(({ req }) => req?.path === '/graphql').length, 2)
  const everything = JSON.stringify(api.logs)
  t.false(/Mistyped|forged|operation/.test(everything), everything)
})

test('a secret that gets into a line by mistake is not written', t => {
  const lines: string[] = []
  const log = makeLog('info', { write: line => void lines.push(line) })
  const secret = 'do-not-write-this'
  log.info({ authorization: secret, body: { password: secret }, req: { headers: { cookie: secret } } }, 'a')
  log.error({ err: Object.assign(new Error('broken'), { client: { password: secret }, token: secret }) }, 'b')
  log.info({ config: { connectionString: secret, databaseUrl: secret, jwtSecret: secret } }, 'c')
  t.is(lines.length, 3)
  t.false(lines.join('').includes(secret), lines.join(''))
  t.true(lines[1]!.includes('broken'), 'the control: the rest is there')
})

test('a trace goes on from the traceparent of the client, and another header begins a new one', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const ask = async (traceparent: string) => {
    const { headers } = await fetch(`${api.url}/healthz`, { headers: { traceparent } })
    return headers.get('traceparent')!
  }
  const id = '4bf92f3577b34da6a3ce929d0e0e4736'
  const parent = '00f067aa0ba902b7'
  const answer = await ask(`00-${id}-${parent}-01`)
  t.regex(answer, new RegExp(`^00-${id}-[0-9a-f]{16}-01$`))
  t.false(answer.includes(parent), 'with a part of its own')
  const line = api.logs.find(({ trace }) => trace === id)!
  t.true(answer.includes(line['span']))
  for (const wrong of [
    '',
    'nonsense',
    `00-${id}-${parent}`,
    `ff-${id}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${id}-${'0'.repeat(16)}-01`,
    `00-${id.toUpperCase()}-${parent}-01`,
    `00-${id}-${parent}-01-more`
  ]) {
    const fresh = await ask(wrong)
    t.regex(fresh, /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/, wrong)
    t.false(fresh.includes(id), wrong)
  }
  t.true((await ask(`01-${id}-${parent}-01-more`)).includes(id), 'a later version may have more behind')
})
