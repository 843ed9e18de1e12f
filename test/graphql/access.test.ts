import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'
import { makeWorld, type World } from '../helpers/world.ts'
import { createSecretKey, randomUUID } from 'node:crypto'
import { issueAccessToken } from '../../server/tokens.ts'
import { testConfig } from '../helpers/api.ts'

// One after the other, because they change the same organization. The database's own tests cover who may what; here it is asked once through everything that lies in front of it.

let api: Api
let world: World
test.before(async () => {
  api = await startApi()
  world = await makeWorld(api.database)
})
test.after.always(() => api.close())

const key = createSecretKey(Buffer.from(testConfig('').jwtSecret))
async function tokenOf(userId: string): Promise<string> {
  const { rows } = await api.database.admin.query(
    'insert into app_private.sessions (user_id, refresh_hash) values ($1, sha256($2)) returning id',
    [userId, Buffer.from(randomUUID())]
  )
  return issueAccessToken(key, { userId, sessionId: rows[0].id })
}

const everything = `{
  organizations { nodes { slug } }
  members { totalCount }
  teams(orderBy: NAME_ASC) { nodes { name } }
  budgets { nodes { limitAmount } }
  orgApiKeys { totalCount }
  usageRecords { totalCount }
}`

test.serial('everybody sees their own organization and nothing of another', async t => {
  const seen = async (userId: string) => (await api.graphql(everything, { token: await tokenOf(userId) })).data
  t.deepEqual(await seen(world.people.owner), {
    organizations: { nodes: [{ slug: 'acme' }] },
    members: { totalCount: 9 },
    teams: { nodes: [{ name: 'Backend' }, { name: 'Engineering' }, { name: 'Sales' }] },
    budgets: { nodes: [{ limitAmount: '100' }] },
    orgApiKeys: { totalCount: 3 },
    usageRecords: { totalCount: 4 }
  })
  t.like(await seen(world.people.viewer), {
    organizations: { nodes: [{ slug: 'acme' }] },
    budgets: { nodes: [] },
    orgApiKeys: { totalCount: 0 },
    usageRecords: { totalCount: 1 }
  })
  t.like(await seen(world.people.stranger), {
    organizations: { nodes: [{ slug: 'other' }] },
    teams: { nodes: [{ name: 'Foreign' }] },
    usageRecords: { totalCount: 1 }
  })
  t.like(await seen(world.people.nobody), {
    organizations: { nodes: [] },
    members: { totalCount: 0 },
    teams: { nodes: [] }
  })
})

test.serial('a hidden row and one that does not exist look the same, by id and by node id', async t => {
  const token = await tokenOf(world.people.owner)
  const ask = async (id: string) => {
    const nodeId = Buffer.from(JSON.stringify(['Team', id])).toString('base64')
    const { data, errors } = await api.graphql(
      'query ($id: UUID!, $nodeId: ID!) { team(id: $id) { name } node(nodeId: $nodeId) { nodeId } }',
      {
        token,
        variables: { id, nodeId }
      }
    )
    return { data, errors }
  }
  const hidden = await ask(world.teams.foreign)
  t.deepEqual(hidden, await ask(randomUUID()))
  t.deepEqual(hidden.data, { team: null, node: null })
  t.is((await ask(world.teams.sales)).data.team.name, 'Sales')

  const rename = async (id: string) =>
    (
      await api.graphql(
        'mutation ($id: UUID!) { updateTeam(input: { teamId: $id, name: "Mine" }) { result { name } } }',
        { token, variables: { id } }
      )
    ).errors
  t.deepEqual(await rename(world.teams.foreign), await rename(randomUUID()))
  t.is(await rename(world.teams.sales), undefined)
})

test.serial('a verb says which permission is missing', async t => {
  const createTeam = 'mutation { createTeam(input: { name: "New" }) { result { name } } }'
  const { errors, data } = await api.graphql(createTeam, { token: await tokenOf(world.people.member) })
  t.is(data.createTeam, null)
  t.like(errors![0]!.extensions, {
    code: 'FORBIDDEN',
    status: 403,
    permission: 'team:create',
    organization_id: world.acme
  })
  t.is((await api.graphql(createTeam, { token: await tokenOf(world.people.admin) })).data.createTeam.result.name, 'New')
})

test.serial('an API key works as a bearer token, sees what it recorded, and not after it was revoked', async t => {
  const token = world.keys.acme.key
  t.is((await api.graphql('{ usageRecords { totalCount } }', { token })).data.usageRecords.totalCount, 1)
  const revoked = await api.graphql('{ usageRecords { totalCount } }', { token: world.keys.revoked.key })
  t.is(revoked.status, 401)
  t.is(revoked.errors![0]!.extensions['code'], 'API_KEY_INVALID')

  const owner = await tokenOf(world.people.owner)
  const revoke = await api.graphql(
    'mutation ($id: UUID!) { revokeApiKey(input: { keyId: $id }) { result { status } } }',
    {
      token: owner,
      variables: { id: world.keys.acme.id }
    }
  )
  t.is(revoke.data.revokeApiKey.result.status, 'revoked')
  t.is((await api.graphql('{ __typename usageRecords { totalCount } }', { token })).status, 401)
})

test.serial('demoting or removing somebody counts on their next request, whatever their token was', async t => {
  const { rows } = await api.database.admin.query(
    "insert into app_public.users (email, name) values ('brief@example.com', 'brief') returning id"
  )
  const brief = rows[0].id
  await api.database.admin.query(
    "insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'admin')",
    [world.acme, brief]
  )
  const token = await tokenOf(brief)
  const owner = await tokenOf(world.people.owner)
  const budgets = async () => (await api.graphql('{ budgets { totalCount } }', { token })).data.budgets.totalCount
  t.is(await budgets(), 1)
  const change = (mutation: string) =>
    api.graphql(`mutation ($id: UUID!) { ${mutation} { result { role } } }`, { token: owner, variables: { id: brief } })
  await change('changeMemberRole(input: { userId: $id, role: "viewer" })')
  t.is(await budgets(), 0)
  await change('removeMember(input: { userId: $id })')
  const { data } = await api.graphql('{ organizations { nodes { slug } } teams { totalCount } }', { token })
  t.deepEqual(data, { organizations: { nodes: [] }, teams: { totalCount: 0 } })
})

test.serial('in production there is no explorer, no introspection and no guess at names', async t => {
  const closed = await startApi({ production: true, introspection: false }, api.database)
  t.teardown(() => closed.close())
  t.is((await fetch(`${closed.url}/`)).status, 404)
  const introspect = '{ __schema { types { name } } }'
  t.is((await closed.graphql(introspect)).errors![0]!.extensions['code'], 'GRAPHQL_INVALID')
  const typo = async (from: Api) => (await from.graphql('{ mee { name } }')).errors![0]!.message
  t.notRegex(await typo(closed), /Did you mean/)
  t.regex(await typo(api), /Did you mean/)
  t.is((await fetch(`${api.url}/`)).status, 200)
  t.is((await api.graphql(introspect)).errors, undefined)
})

test.serial('an amount is exact however it is written', async t => {
  const token = await tokenOf(world.people.owner)
  const record = async (key: string, cost: string, variables = {}) =>
    (
      await api.graphql(
        `mutation ${Object.keys(variables).length ? '($cost: BigFloat!)' : ''} {
          recordUsage(input: { idempotencyKey: "${key}", service: "s", model: "m", cost: ${cost}, tokensIn: 12 }) {
            result { cost tokensIn }
          }
        }`,
        { token, variables }
      )
    ).data.recordUsage?.result
  const tokensIn = '12'
  t.deepEqual(await record('exact-1', '"0.100000000001"'), { cost: '0.100000000001', tokensIn })
  t.deepEqual(await record('exact-2', '0.300000000001'), { cost: '0.300000000001', tokensIn })
  t.deepEqual(await record('exact-3', '1'), { cost: '1', tokensIn })
  t.deepEqual(await record('exact-4', '$cost', { cost: '0.100000000003' }), { cost: '0.100000000003', tokensIn })
  t.deepEqual(await record('exact-5', '$cost', { cost: 0.25 }), { cost: '0.25', tokensIn })
})
