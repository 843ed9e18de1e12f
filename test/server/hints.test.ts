import test from 'ava'
import { request } from 'node:http'
import { startApi, type Api } from '../helpers/api.ts'
import { findRequest } from '../../server/request.ts'

let direct: Api
let proxied: Api
let token: string
test.before(async () => {
  direct = await startApi({ baseDomain: 'api.example.com' })
  proxied = await startApi({ baseDomain: 'api.example.com', trustedProxies: ['loopback'] }, direct.database)
  token = await direct.join('several')
  for (const slug of ['one', 'two']) {
    await direct.graphql(
      `mutation { createOrganization(input: { name: "${slug}", slug: "${slug}" }) { result { id } } }`,
      {
        token
      }
    )
  }
})
test.after.always(async () => {
  await proxied?.close()
  await direct?.close()
})

/** Which organizations a request sees, or how it was refused. fetch would not send a Host of one's own. */
async function seen(api: Api, headers: Record<string, string>, query = ''): Promise<string> {
  const body = JSON.stringify({ query: '{ organizations { nodes { slug } } }' })
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = request(
      `${api.url}/graphql${query}`,
      { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers } },
      response => {
        let text = ''
        response.on('data', chunk => (text += chunk)).on('end', () => resolve(text))
      }
    )
    sent.on('error', reject).end(body)
  })
  const { data, errors } = JSON.parse(answer)
  return errors
    ? errors[0].extensions.code
    : data.organizations.nodes
        .map(({ slug }: any) => slug)
        .sort()
        .join(' ')
}

test('a tenant is named by header, subdomain or query, and all must name the same', async t => {
  t.is(await seen(direct, {}), 'one two')
  t.is(await seen(direct, { 'x-tenant-id': 'one' }), 'one')
  t.is(await seen(direct, { host: 'one.api.example.com' }), 'one')
  t.is(await seen(direct, { host: 'ONE.API.example.com:8080' }), 'one')
  t.is(await seen(direct, {}, '?tenant_id=two'), 'two')
  t.is(await seen(direct, { host: 'two.api.example.com', 'x-tenant-id': 'two' }, '?tenant_id=two'), 'two')
  t.is(await seen(direct, { host: 'one.api.example.com', 'x-tenant-id': 'two' }), 'TENANT_HINTS_DISAGREE')
  t.is(await seen(direct, { host: 'one.api.example.com' }, '?tenant_id=two'), 'TENANT_HINTS_DISAGREE')
  t.is(await seen(direct, { 'x-tenant-id': 'one' }, '?tenant_id=two'), 'TENANT_HINTS_DISAGREE')
  t.is(await seen(direct, {}, '?tenant_id=one&tenant_id=two'), 'TENANT_HINTS_DISAGREE')
})

test('a hint that is no organization of the caller is refused, wherever it stands, and other hosts say nothing', async t => {
  for (const host of ['nope.api.example.com', 'a.one.api.example.com', '-.api.example.com', '%00.api.example.com']) {
    t.is(await seen(direct, { host }), 'TENANT_FORBIDDEN', host)
  }
  t.is(await seen(direct, {}, '?tenant_id=nope'), 'TENANT_FORBIDDEN')
  for (const host of ['api.example.com', 'one.example.com', 'oneapi.example.com', 'one.api.example.com.evil.com', '']) {
    t.is(await seen(direct, { host }), 'one two', host)
  }
  t.is(await seen(direct, {}, '?tenant_id[x]=one&tenant_id='), 'one two')
})

test('X-Forwarded-Host counts from a trusted proxy, and from nobody else', async t => {
  const forwarded = { host: 'api.example.com', 'x-forwarded-host': 'one.api.example.com' }
  t.is(await seen(direct, forwarded), 'one two')
  t.is(await seen(proxied, forwarded), 'one')
  t.is(await seen(proxied, { ...forwarded, 'x-forwarded-host': 'nope.api.example.com' }), 'TENANT_FORBIDDEN')
})

test('what is queued by a request says by which, and for whom', async t => {
  const invite = await direct.graphql('mutation { inviteMember(input: { email: "a@b.example" }) { result { id } } }', {
    token,
    tenant: 'one'
  })
  const { rows } = await direct.database.admin.query(
    `select payload from graphile_worker._private_jobs where payload ->> 'invitation_id' = $1`,
    [invite.data.inviteMember.result.id]
  )
  const { rows: ids } = await direct.database.admin.query(
    `select organizations.id as organization, users.id as person from app_public.organizations, app_public.users
     where slug = 'one' and email = 'several@example.com'`
  )
  t.deepEqual(rows[0].payload, {
    invitation_id: invite.data.inviteMember.result.id,
    organization_id: ids[0].organization,
    by_request_id: invite.headers.get('x-request-id'),
    by_user_id: ids[0].person
  })
  const line = direct.logs.find(({ reqId }) => reqId === invite.headers.get('x-request-id'))
  t.like(line, { tenant: ids[0].organization, user: ids[0].person })
  t.is(findRequest(), undefined, 'outside of a request there is none')
})
