import test from 'ava'
import { pino } from 'pino'
import { rowsOfPage } from '../../server/exports/kinds.ts'
import { startWorker } from '../../worker/index.ts'
import { startApi, type Api } from '../helpers/api.ts'
import { unlimit } from '../helpers/organization.ts'
import { workerConfig } from '../helpers/worker.ts'

// An export that is asked for, made by the worker, and fetched by its link.

let api: Api
let owner: string
let colleague: string
let id: string
let worker: Awaited<ReturnType<typeof startWorker>> | undefined
const start = async () => (worker = await startWorker(workerConfig(api.database), pino({ level: 'silent' })))
test.before(async () => {
  api = await startApi()
  owner = await api.join('asker')
  colleague = await api.join('colleague')
  await api.graphql('mutation { createOrganization(input: { name: "L", slug: "later" }) { result { id } } }', {
    token: owner
  })
  await unlimit(api.database.admin, 'later')
  id = (await rowsOf("select id from app_public.organizations where slug = 'later'"))[0].id
  await rowsOf(
    `insert into app_public.members (organization_id, user_id, role) select $1, id, 'admin' from app_public.users where email = 'colleague@example.com'`,
    [id]
  )
  await rowsOf(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select $1, 'openai', 'gpt-5', 0.1, 'USD', 0.1, 'USD', timestamptz '2026-03-01T00:00Z' + n * interval '1 second' from generate_series(1, $2::int) as n`,
    [id, 2 * rowsOfPage + 10]
  )
})
test.after.always(async () => {
  await worker?.close()
  await api.close()
})

const rowsOf = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await api.database.admin.query(text, values)).rows
const usage = { kind: 'usage', since: '2026-01-01T00:00:00Z', until: '2026-06-01T00:00:00Z' }

async function call(method: string, path: string, token: string | undefined, body?: object) {
  const response = await fetch(api.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) })
  })
  return { status: response.status, body: (await response.json()) as Record<string, any> }
}
const ask = async (body: object = usage): Promise<string> => (await call('POST', '/v1/exports', owner, body)).body['id']
const look = async (exportId: string) => (await call('GET', `/v1/exports/${exportId}`, owner)).body
async function ended(exportId: string) {
  for (;;) {
    const now = await look(exportId)
    if (!['queued', 'running'].includes(now['status'])) return now
  }
}
const fetched = async (url: string) => {
  const response = await fetch(api.url + url)
  return { status: response.status, text: await response.text() }
}
const refusedAs = async (url: string) => {
  const { status, text } = await fetched(url)
  return status === 200 ? 'a file' : `${status} ${JSON.parse(text).code}`
}
/** In a transaction of a job, as the worker does it. */
async function asJob(text: string, values: unknown[], organizationId: string | null = id): Promise<any> {
  const client = await api.database.admin.connect()
  try {
    await client.query('begin')
    await client.query('select app_hidden.resolve_job($1)', [organizationId])
    await client.query('set local role rowgate_job')
    const { rows } = await client.query(text, values)
    await client.query('commit')
    return rows[0]
  } finally {
    client.release()
  }
}

test.serial('what a killed worker began is begun again by the next, and nothing of it is left', async t => {
  const exportId = await ask()
  const claim = () => asJob('select id, attempt from app_hidden.claim_export()', [], null)
  const add = (attempt: number) =>
    asJob('select app_hidden.add_export_chunk($1, $2, $3) as added', [exportId, attempt, Buffer.from('half a file')])
  t.deepEqual(await claim(), { id: exportId, attempt: 1 })
  t.true((await add(1)).added)
  t.is(await claim(), undefined, 'nobody takes what somebody makes')
  await rowsOf("update app_public.exports set attempted_at = now() - interval '2 minutes' where id = $1", [exportId])
  t.deepEqual(await claim(), { id: exportId, attempt: 2 })
  t.false((await add(1)).added, 'whoever comes back has lost it')
  t.true((await add(2)).added)
  await rowsOf("update app_public.exports set attempted_at = now() - interval '2 minutes' where id = $1", [exportId])
  await start()
  const { status, url } = await ended(exportId)
  t.is(status, 'ready')
  const { text } = await fetched(url)
  t.true(text.startsWith('id,occurred_at,kind,'))
})

test.serial('the file is what the caller would get at once, by a link that needs nothing else', async t => {
  const exportId = await ask()
  const { status, url, bytes, url_expires_at } = await ended(exportId)
  t.is(status, 'ready')
  const now = await fetch(`${api.url}/v1/exports/usage?since=${usage.since}&until=${usage.until}`, {
    headers: { authorization: `Bearer ${owner}` }
  })
  const file = await fetched(url)
  t.is(file.text, await now.text())
  t.is(file.text.length, Number(bytes))
  t.true(new Date(url_expires_at) <= new Date(Date.now() + 3_600_000))
  t.is((await ended(await ask({ ...usage, format: 'xlsx' })))['status'], 'ready')
  t.is((await ended(await ask({ kind: 'statement', number: '7' })))['status'], 'ready')
})

test.serial("it is nobody else's, and a link is only what it was signed as", async t => {
  const exportId = await ask()
  const { url } = await ended(exportId)
  t.is((await call('GET', `/v1/exports/${exportId}`, colleague)).body['code'], 'EXPORT_UNKNOWN')
  t.is((await call('POST', `/v1/exports/${exportId}/revoke`, colleague)).body['code'], 'NOT_FOUND')
  t.is((await call('GET', `/v1/exports/${exportId}`, undefined)).body['code'], 'UNAUTHENTICATED')
  const [path, link = ''] = url.split('=')
  const [head, payload, signature] = link.split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
  const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url')
  t.is(await refusedAs(`${path}=${head}.${forged}.${signature}`), '410 LINK_BROKEN')
  t.is(await refusedAs(`${path}=${owner}`), '410 LINK_BROKEN', 'an access token is no link')
  t.is((await call('GET', `/v1/exports/${exportId}`, link)).body['code'], 'TOKEN_INVALID', 'and a link no access token')
  t.is(await refusedAs(url), 'a file')
})

test.serial(
  'a link ends with the right of whoever asked, with an organization that is closed, by being revoked, and with its time',
  async t => {
    const exportId = await ask()
    const { url } = await ended(exportId)
    const setStatus = (status: string) => rowsOf('select app_hidden.set_organization_status($1, $2)', [id, status])
    await setStatus('suspended')
    t.is(await refusedAs(url), '403 ORGANIZATION_SUSPENDED')
    await setStatus('active')
    t.is(await refusedAs(url), 'a file')
    await rowsOf(
      "insert into app_public.member_permissions (organization_id, user_id, permission, effect) select $1, user_id, 'usage:read', 'deny' from app_public.members where organization_id = $1 and role = 'owner'",
      [id]
    )
    t.is(await refusedAs(url), '410 LINK_INVALID')
    await rowsOf('delete from app_public.member_permissions where organization_id = $1', [id])
    t.is(await refusedAs(url), 'a file')
    const other = await ask()
    const { url: second } = await ended(other)
    await call('POST', `/v1/exports/${exportId}/revoke`, owner)
    t.is(await refusedAs(url), '410 LINK_INVALID')
    t.is((await look(exportId))['status'], 'revoked')
    t.is(await refusedAs(second), 'a file', 'the other one is as it was')
    await rowsOf("update app_public.exports set expires_at = now() - interval '1 second' where id = $1", [other])
    t.is(await refusedAs(second), '410 LINK_INVALID')
    const left = 'select count(*)::int as pieces from app_private.export_chunks where export_id = $1'
    t.true((await rowsOf(left, [other]))[0].pieces > 0)
    t.is((await asJob('select app_hidden.expire_exports() as gone', [], null)).gone, 1)
    t.is((await rowsOf(left, [other]))[0].pieces, 0)
    t.is((await asJob('select app_hidden.expire_exports() as gone', [], null)).gone, 0)
  }
)

test.serial('it is made with the rights of that moment, and an organization has so many and no more', async t => {
  await worker!.close()
  const exportId = await ask()
  await rowsOf("update app_public.members set role = 'owner' where organization_id = $1", [id])
  await rowsOf(
    "insert into app_public.member_permissions (organization_id, user_id, permission, effect) select $1, id, 'usage:read', 'deny' from app_public.users where email = 'asker@example.com'",
    [id]
  )
  await start()
  const state = async () => (await rowsOf('select status, code from app_public.exports where id = $1', [exportId]))[0]
  while (['queued', 'running'].includes((await state()).status));
  t.deepEqual(await state(), { status: 'failed', code: 'FORBIDDEN' })
  await rowsOf('delete from app_public.member_permissions where organization_id = $1', [id])
  await rowsOf(
    `insert into app_public.exports (organization_id, requested_by, kind, format, number, status)
     select organization_id, requested_by, 'statement', 'csv', 1, 'ready' from app_public.exports cross join generate_series(1, 20) where id = $1`,
    [exportId]
  )
  t.like(await call('POST', '/v1/exports', owner, usage), { status: 409, body: { code: 'EXPORTS_FULL', limit: 20 } })
  await rowsOf("delete from app_public.exports where organization_id = $1 and kind = 'statement'", [id])
  t.is((await call('POST', '/v1/exports', owner, usage)).status, 200)
})
