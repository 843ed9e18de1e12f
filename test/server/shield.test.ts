import test from 'ava'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApi } from '../helpers/api.ts'
import { openDatabase, type Database } from '../helpers/database.ts'

const slow = `create or replace function app_public.me() returns app_public.users language plpgsql stable as $$
  begin perform pg_sleep(600); return null; end $$`
/** So that neither of the login's own limits is what ends it. */
const patient = (url: string) => `${url}?options=-c%20statement_timeout%3D0%20-c%20lock_timeout%3D0`

const running = async ({ admin }: Database) =>
  (
    await admin.query(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and usename = 'rowgate_authenticator' and state = 'active'`
    )
  ).rows[0].count as number
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) continue
}

// One after the other: each starts an API of its own in this process, and building the schemas of all at once keeps it from
// answering anything for twenty seconds.
test.serial('a request that takes too long is stopped, in PostgreSQL as well', async t => {
  const database = await openDatabase()
  const api = await startApi({ databaseUrl: patient(database.apiUrl), requestTimeout: 1 }, database)
  // Signing in takes a second by itself where the machine is busy.
  const leisurely = await startApi({}, database)
  t.teardown(async () => {
    await leisurely.close()
    await api.close()
    await database.close()
  })
  const token = await leisurely.join('slow')
  await database.admin.query(slow)
  const { status, data, errors } = await api.graphql('{ me { name } }', { token })
  t.is(status, 503)
  t.is(data, undefined)
  t.is(errors![0]!.extensions['code'], 'TIMEOUT')
  await until(async () => (await running(database)) === 0)
  t.is((await leisurely.graphql('{ organizations { nodes { id } } }', { token })).status, 200)
})

test.serial('what runs for a client that has gone is stopped', async t => {
  const database = await openDatabase()
  const api = await startApi({ databaseUrl: patient(database.apiUrl) }, database)
  t.teardown(async () => {
    await api.close()
    await database.close()
  })
  const token = await api.join('gone')
  await database.admin.query(slow)
  const leaving = new AbortController()
  const request = fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{ me { name } }"}',
    signal: leaving.signal
  })
  await until(async () => (await running(database)) === 1)
  leaving.abort()
  await t.throwsAsync(request)
  await until(async () => (await running(database)) === 0)
  t.is((await api.graphql('{ organizations { nodes { id } } }', { token })).status, 200)
})

test.serial('when too many wait for a connection the next one is told at once to come back later', async t => {
  const database = await openDatabase()
  const api = await startApi({ databaseUrl: patient(database.apiUrl), poolSize: 1, poolQueue: 1 }, database)
  t.teardown(async () => {
    await api.close()
    await database.close()
  })
  const token = await api.join('busy')
  const lock = await database.admin.connect()
  await lock.query('begin; lock table app_public.users in access exclusive mode')
  const requests = [1, 2, 3].map(() => api.graphql('{ me { name } }', { token }))
  const first = await Promise.race(requests)
  t.is(first.status, 503)
  t.is(first.errors![0]!.extensions['code'], 'OVERLOADED')
  t.is(first.headers.get('retry-after'), '1')
  t.is(first.data, undefined)
  await lock.query('rollback')
  lock.release()
  const statuses = (await Promise.all(requests)).map(({ status }) => status)
  t.deepEqual(statuses.sort(), [200, 200, 503], 'one at work, one waiting')
})

test.serial('only pages of allowed origins may read answers and send credentials', async t => {
  const allowed = 'https://app.example.com'
  const api = await startApi({ corsOrigins: [allowed] })
  const closed = await startApi({}, api.database)
  t.teardown(async () => {
    await closed.close()
    await api.close()
  })
  const ask = async (url: string, origin: string, method: string) => {
    const { headers, status } = await fetch(`${url}/graphql`, {
      method,
      headers: { origin, 'content-type': 'application/json', 'access-control-request-method': 'POST' },
      ...(method === 'POST' && { body: '{"query":"{ __typename }"}' })
    })
    return { status, origin: headers.get('access-control-allow-origin'), headers }
  }
  const preflight = await ask(api.url, allowed, 'OPTIONS')
  t.like(preflight, { status: 204, origin: allowed })
  t.is(preflight.headers.get('access-control-allow-headers'), 'authorization,content-type,x-tenant-id')
  t.is(preflight.headers.get('access-control-allow-credentials'), null)
  const answer = await ask(api.url, allowed, 'POST')
  t.like(answer, { status: 200, origin: allowed })
  t.regex(answer.headers.get('access-control-expose-headers')!, /ratelimit/)
  for (const method of ['OPTIONS', 'POST']) {
    t.is((await ask(api.url, 'https://evil.example.com', method)).origin, null)
    t.is((await ask(api.url, 'null', method)).origin, null)
    t.is((await ask(closed.url, allowed, method)).origin, null)
  }
})

test.serial('with a list of operations nothing else is run, whatever is sent along', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'rowgate-operations-'))
  const text = '{ organizations { nodes { slug } } }'
  writeFileSync(join(folder, 'organizations.graphql'), text)
  const api = await startApi({ operations: folder })
  t.teardown(async () => {
    await api.close()
    rmSync(folder, { recursive: true })
  })
  const ask = async (body: object, contentType = 'application/json') => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: contentType === 'application/json' ? JSON.stringify(body) : '{ __typename }'
    })
    const { data, errors } = (await response.json()) as any
    return { status: response.status, code: errors?.[0].extensions.code, data }
  }
  const run = { status: 200, code: 'UNAUTHENTICATED' }
  const refused = { status: 403, code: 'OPERATION_NOT_ALLOWED' }
  const sha256Hash = createHash('sha256').update(text).digest('hex')
  t.like(await ask({ documentId: 'organizations' }), run)
  t.like(await ask({ documentId: sha256Hash }), run)
  t.like(await ask({ extensions: { persistedQuery: { version: 1, sha256Hash } } }), run)
  t.like(await ask({ documentId: 'organizations', query: '{ __typename }' }), run, 'the query is not looked at')
  for (const body of [
    { query: '{ __typename }' },
    { query: text },
    { documentId: 'nope', query: '{ __typename }' },
    { documentId: ['organizations'] },
    { documentId: '__proto__' },
    { documentId: '../organizations' }
  ]) {
    t.like(await ask(body), refused, JSON.stringify(body))
  }
  t.like(await ask({}, 'application/graphql'), refused)
})

test.serial('a folder of operations that is empty, or not GraphQL, is an error at start', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'rowgate-operations-'))
  const database = await openDatabase()
  t.teardown(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })
  await t.throwsAsync(startApi({ operations: folder }, database), { message: /there is no \*\.graphql file/ })
  writeFileSync(join(folder, 'broken.graphql'), '{')
  await t.throwsAsync(startApi({ operations: folder }, database), {
    message: /broken\.graphql is not a GraphQL document/
  })
})
