import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'
import { openDatabase } from '../helpers/database.ts'
import { startProxy } from '../helpers/proxy.ts'
import { scrape, sum } from '../helpers/scrape.ts'

const token = 'a token for whoever scrapes'
const own = { port: 0, token: undefined, tenants: 20 }
const record = (key: string, cost: number) =>
  `mutation { recordUsage(input: { idempotencyKey: "${key}", service: "s", model: "m", cost: ${cost} }) { result { id } } }`

/** An organization, the token of its owner, and a key of it. */
async function establish(api: Api, slug: string) {
  const owner = await api.join(slug)
  await api.graphql(`mutation { createOrganization(input: { name: "N", slug: "${slug}" }) { result { id } } }`, {
    token: owner
  })
  await api.graphql('mutation { createBudget(input: { limitAmount: 10 }) { result { id } } }', { token: owner })
  const { data } = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', {
    token: owner
  })
  return { owner, key: data.createApiKey.result.key as string }
}

test.serial('without a token and a port there is no /metrics, with a token it is for who sends it', async t => {
  const closed = await startApi()
  const api = await startApi({ metrics: { port: undefined, token, tenants: 20 } })
  t.teardown(async () => {
    await closed.close()
    await api.close()
  })
  const ask = async ({ url }: Api, authorization?: string) => {
    const response = await fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })
    return [response.status, /"code":"(\w+)"/.exec(await response.text())?.[1]]
  }
  t.deepEqual(await ask(closed), [404, 'ROUTE_NOT_FOUND'])
  t.deepEqual(await ask(closed, `Bearer ${token}`), [404, 'ROUTE_NOT_FOUND'])
  for (const wrong of [undefined, '', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, token]) {
    t.deepEqual(await ask(api, wrong), [401, 'METRICS_TOKEN_INVALID'], String(wrong))
  }
  t.deepEqual(await ask(api, `Bearer ${await api.join('somebody')}`), [401, 'METRICS_TOKEN_INVALID'])
  t.is(api.server.metricsUrl, undefined)
  t.true((await scrape(`${api.url}/metrics`, token)).length > 0)
})

test.serial('on a port of their own the metrics are alone, and need the token if there is one', async t => {
  const open = await startApi({ metrics: own })
  const api = await startApi({ metrics: { ...own, token } })
  t.teardown(async () => {
    await open.close()
    await api.close()
  })
  const status = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status
  const url = open.server.metricsUrl!
  t.is(await status(url), 200)
  t.is(await status(url, { method: 'POST' }), 405)
  t.is(await status(url.replace('/metrics', '/graphql')), 404)
  t.is(await status(`${open.url}/metrics`), 404, 'and not on the port of the API')
  t.is(await status(api.server.metricsUrl!), 401)
  t.is(await status(api.server.metricsUrl!, { headers: { authorization: `Bearer ${token}` } }), 200)
  await t.throwsAsync(startApi({ metrics: { ...own, port: Number(new URL(url).port) } }), {
    message: /^Nothing can listen at port \d+ \(EADDRINUSE\): correct ROWGATE_METRICS_PORT\.$/
  })
})

test.serial('requests, refusals and figures are counted by tenant as soon as the tenant is known by name', async t => {
  const api = await startApi({ metrics: own })
  t.teardown(() => api.close())
  const read = () => scrape(api.server.metricsUrl!)
  const { key } = await establish(api, 'counted')
  await api.server.report()
  const before = await read()
  t.is(
    sum(before, 'rowgate_tenant_requests_total', { tenant: 'counted' }),
    undefined,
    'its label was that of the others'
  )
  t.true(sum(before, 'rowgate_tenant_requests_total', { tenant: '_other' })! >= 2)
  t.true(sum(before, 'rowgate_tenant_requests_total', { tenant: '_none' })! >= 2, 'signing in has no tenant')

  t.is((await api.graphql(record('1', 4), { token: key })).errors, undefined)
  t.is((await api.graphql(record('2', 40), { token: key })).errors![0]!.extensions['code'], 'BUDGET_EXCEEDED')
  t.is((await api.graphql('{ nope }', { token: key })).status, 400)
  await fetch(`${api.url}/nope/1`)
  await fetch(`${api.url}/nope/2`)
  await api.server.report()
  const after = await read()
  const tenant = 'counted'
  t.is(sum(after, 'rowgate_tenant_requests_total', { tenant, outcome: 'ok' }), 1)
  t.is(sum(after, 'rowgate_tenant_requests_total', { tenant, outcome: 'refused' }), 1)
  t.is(sum(after, 'rowgate_problems_total', { tenant, code: 'BUDGET_EXCEEDED', status: '402' }), 1)
  t.is(sum(after, 'rowgate_problems_total', { tenant: '_none', code: 'GRAPHQL_INVALID' }), 1)
  t.is(sum(after, 'rowgate_tenant_request_duration_seconds_count', { tenant }), 2)
  t.is(sum(after, 'rowgate_http_requests_total', { route: '_other', status: '404' }), 2, 'whatever the address')
  t.true(sum(after, 'rowgate_http_requests_total', { route: '/graphql', status: '200' })! >= 5)
  t.true(sum(after, 'rowgate_http_requests_total', { route: '/auth/token', status: '200' })! >= 1)
  t.is(sum(after, 'rowgate_tenant_budget_limit', { tenant, currency: 'USD' }), 10)
  t.is(sum(after, 'rowgate_tenant_budget_spent', { tenant, currency: 'USD' }), 4)
  t.is(sum(after, 'rowgate_tenant_usage_cost', { tenant, currency: 'USD' }), 4)
  t.is(sum(after, 'rowgate_tenant_active_keys', { tenant }), 1)
  t.is(sum(after, 'rowgate_active_keys'), 1)
  t.is(sum(after, 'rowgate_organizations'), 1)
  t.is(sum(after, 'rowgate_open_incidents'), 0)
  t.is(sum(after, 'rowgate_database_up'), 1)
  t.is(sum(after, 'rowgate_database_connections', { state: 'most' }), 10)
})

test.serial('what fails on our side is an error of the tenant, which its admins see; a refusal is not', async t => {
  const api = await startApi({ metrics: own })
  t.teardown(() => api.close())
  const { owner, key } = await establish(api, 'failing')
  const before = (await api.graphql('{ health { requests errors refused } }', { token: owner })).data.health
  t.deepEqual(before, { requests: 0, errors: 0, refused: 0 }, 'nothing is reported yet')
  await api.graphql(record('1', 40), { token: key })
  await api.database.admin.query(
    `create or replace function app_public.my_permissions() returns text[] language plpgsql stable set search_path = ''
     as $$ begin raise exception 'broken on purpose'; end $$`
  )
  for (let n = 0; n < 3; n++) {
    const { errors } = await api.graphql('{ myPermissions }', { token: key })
    t.is(errors![0]!.extensions['code'], 'INTERNAL')
  }
  await api.server.report()
  const { data } = await api.graphql(
    '{ health(minutes: 5) { requests errors refused failing meanMs slowestMs } healthMinutes { nodes { errors failing } } }',
    { token: owner }
  )
  t.like(data.health, { errors: 3, refused: 1, failing: false })
  t.true(data.health.requests >= 6)
  t.true(Number(data.health.meanMs) >= 0 && data.health.slowestMs >= Number(data.health.meanMs) - 1)
  t.true(data.healthMinutes.nodes.some(({ failing }: any) => failing))
  const { errors } = await api.graphql('{ health { requests } }', { token: key })
  t.is(errors![0]!.extensions['code'], 'FORBIDDEN', 'a key is no admin')
})

test.serial('what could not be reported is reported later, and the metrics are there meanwhile', async t => {
  const database = await openDatabase()
  const proxy = await startProxy(database.apiUrl)
  const api = await startApi({ databaseUrl: proxy.url, metrics: own }, database)
  t.teardown(async () => {
    await api.close()
    await again.stop()
    await database.close()
  })
  const { key } = await establish(api, 'patient')
  await api.server.report()
  t.is(sum(await scrape(api.server.metricsUrl!), 'rowgate_database_up'), 1)
  for (let n = 0; n < 4; n++) await api.graphql('{ organizations { totalCount } }', { token: key })
  await proxy.stop()
  await api.server.report()
  await api.server.report()
  const meanwhile = await scrape(api.server.metricsUrl!)
  t.is(sum(meanwhile, 'rowgate_database_up'), 0)
  t.is(sum(meanwhile, 'rowgate_active_keys'), undefined, 'an old figure would be a lie')
  t.is(sum(meanwhile, 'rowgate_tenant_requests_total', { tenant: 'patient' }), 4)
  t.is(api.logs.filter(({ msg }) => msg === 'health could not be reported').length, 1, 'told once')
  const counted = async () =>
    (await database.admin.query('select sum(requests)::int as sum from app_public.health_minutes')).rows[0].sum
  const before = await counted()
  const again = await startProxy(database.apiUrl, Number(new URL(proxy.url).port))
  await api.server.report()
  t.is(await counted(), before + 4)
  t.is(sum(await scrape(api.server.metricsUrl!), 'rowgate_database_up'), 1)
})

test.serial('what was counted last is reported when the API stops', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const api = await startApi({}, database)
  const { key } = await establish(api, 'last')
  await api.graphql('{ organizations { totalCount } }', { token: key })
  await api.close()
  const { rows } = await database.admin.query('select sum(requests)::int as sum from app_public.health_minutes')
  t.true(rows[0].sum >= 3)
})
