import test from 'ava'
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
