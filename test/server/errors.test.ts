import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'
import { openDatabase } from '../helpers/database.ts'
import { startProxy, type Proxy } from '../helpers/proxy.ts'

let api: Api
test.before(async () => {
  api = await startApi()
})
test.after.always(() => api.close())

const post = async (body: string, headers: Record<string, string> = {}, path = '/graphql') => {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body
  })
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: (await response.json()) as any
  }
}

test('malformed JSON, a wrong content type and a large body each get their status and code', async t => {
  const query = JSON.stringify({ query: '{ __typename }' })
  t.is((await post(query)).status, 200)
  for (const [body, headers, status, code] of [
    ['{', {}, 400, 'MALFORMED_JSON'],
    ['', {}, 400, 'GRAPHQL_INVALID'],
    ['[]', {}, 400, 'GRAPHQL_INVALID'],
    ['{"query":1}', {}, 400, 'GRAPHQL_INVALID'],
    ['{"query":"{ nope }"}', {}, 400, 'GRAPHQL_INVALID'],
    ['{"query":"{"}', {}, 400, 'GRAPHQL_INVALID'],
    [query, { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [query, { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [JSON.stringify({ query: `{ __typename } #${'x'.repeat(1_100_000)}` }), {}, 413, 'BODY_TOO_LARGE']
  ] as [string, Record<string, string>, number, string][]) {
    const answer = await post(body, headers)
    t.is(answer.status, status, `${code} for ${body.slice(0, 30)}`)
    t.is(answer.body.errors[0].extensions.code, code)
    t.is(answer.body.errors[0].extensions.status, status)
    t.truthy(answer.body.errors[0].message)
  }
  t.is((await post(query)).status, 200, 'the process lives on')
})

test('an address that does not exist is a problem document', async t => {
  const response = await fetch(`${api.url}/nope`)
  t.is(response.status, 404)
  t.is(response.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  t.like(await response.json(), { status: 404, code: 'ROUTE_NOT_FOUND' })
})

test('an Authorization header of another form is refused', async t => {
  for (const authorization of ['Basic YTpi', 'Bearer', 'Bearer a b', 'rg_x']) {
    const { status, body } = await post('{"query":"{ __typename }"}', { authorization })
    t.is(status, 401, authorization)
    t.is(body.errors[0].extensions.code, 'TOKEN_INVALID')
  }
})

test('nobody signed in may read the catalog of the API but no data', async t => {
  const { status, errors } = await api.graphql('{ organizations { nodes { id } } }')
  t.is(status, 200)
  t.like(errors![0]!.extensions, { code: 'UNAUTHENTICATED', status: 401 })
})

test('an unknown tenant is the status of the whole answer', async t => {
  const token = await api.join('hinter')
  const { status, data, errors } = await api.graphql('{ me { id } organizations { nodes { id } } }', {
    token,
    tenant: 'nobodys'
  })
  t.is(status, 403)
  t.is(data, undefined)
  t.is(errors!.length, 1)
  t.is(errors![0]!.extensions['code'], 'TENANT_FORBIDDEN')
})

test('a person with several organizations is asked for one where one is needed, and told which there are', async t => {
  const token = await api.join('several')
  for (const slug of ['several-a', 'several-b']) {
    await api.graphql(
      `mutation { createOrganization(input: { name: "${slug}", slug: "${slug}" }) { result { id } } }`,
      { token }
    )
  }
  const createTeam = 'mutation { createTeam(input: { name: "T" }) { result { organization { slug } } } }'
  const { errors } = await api.graphql(createTeam, { token })
  t.like(errors![0]!.extensions, { code: 'TENANT_REQUIRED', status: 422 })
  t.deepEqual(
    errors![0]!.extensions['organizations'].map(({ slug }: any) => slug),
    ['several-a', 'several-b']
  )
  const chosen = await api.graphql(createTeam, { token, tenant: 'several-b' })
  t.is(chosen.data.createTeam.result.organization.slug, 'several-b')
})

test('what PostgreSQL says never reaches a client, and what was unexpected is found by its request id', async t => {
  const token = await api.join('curious')
  await api.database.admin.query('revoke select on app_public.users from rowgate_user')
  const refused = await api.graphql('{ me { name } }', { token })
  await api.database.admin.query('grant select on app_public.users to rowgate_user')
  t.is(refused.errors![0]!.extensions['code'], 'FORBIDDEN')
  t.notRegex(JSON.stringify(refused.errors), /permission denied|users/)

  await api.database.admin.query(
    "create or replace function app_public.me() returns app_public.users language plpgsql stable as $$ begin raise 'a secret detail'; end $$"
  )
  const { errors, headers } = await api.graphql('{ me { name } }', { token })
  t.is(errors![0]!.extensions['code'], 'INTERNAL')
  t.notRegex(JSON.stringify(errors), /secret detail/)
  const id = errors![0]!.extensions['request_id']
  t.is(id, headers.get('x-request-id'))
  t.true(api.logs.some(line => line['reqId'] === id && /a secret detail/.test(JSON.stringify(line['err']))))
})

test('a database that is down is 503, the process lives on, and serves when it is back', async t => {
  const database = await openDatabase()
  const proxy = await startProxy(database.apiUrl)
  let back: Proxy | undefined
  const behind = await startApi({ databaseUrl: proxy.url }, database)
  t.teardown(async () => {
    await behind.close()
    await back?.stop()
    await database.close()
  })
  const token = await behind.join('patient')
  t.is((await behind.graphql('{ me { name } }', { token })).status, 200)
  await proxy.stop()
  const down = await behind.graphql('{ me { name } }', { token })
  t.is(down.status, 503)
  t.is(down.errors![0]!.extensions['code'], 'DATABASE_UNAVAILABLE')
  t.is(down.data, undefined)
  t.is((await fetch(`${behind.url}/readyz`)).status, 503)
  t.is((await fetch(`${behind.url}/healthz`)).status, 200)
  back = await startProxy(database.apiUrl, Number(new URL(proxy.url).port))
  t.is((await behind.graphql('{ me { name } }', { token })).data.me.name, 'patient')
})
