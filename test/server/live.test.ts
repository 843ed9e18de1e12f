import test from 'ava'
import { unlimit } from '../helpers/organization.ts'
import { openStream } from '../helpers/stream.ts'
import { startApi, type Api } from '../helpers/api.ts'

const watch =
  'subscription ($id: UUID!) { budgetUpdated(organizationId: $id) { budget { id limitAmount state { settled remaining } } } }'

/** An organization with a budget, an owner and an admin. */
async function company(api: Api, name: string) {
  const owner = await api.join(`${name}-owner`)
  const admin = await api.join(`${name}-admin`)
  const ask = async (query: string, variables = {}, token = owner) => {
    const { data, errors } = await api.graphql(query, { token, tenant: name, variables })
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }
  const made = await api.graphql(
    `mutation { createOrganization(input: { name: "${name}", slug: "${name}" }) { result { id } } }`,
    { token: owner }
  )
  const id: string = made.data.createOrganization.result.id
  // Its only budget is the one below.
  await unlimit(api.database.admin, name)
  await ask(`mutation { addMember(input: { email: "${name}-admin@example.com", role: "admin" }) { clientMutationId } }`)
  const { createBudget } = await ask('mutation { createBudget(input: { limitAmount: "10" }) { result { id } } }')
  let uses = 0
  const use = (cost: string) =>
    ask(
      `mutation ($key: String!, $cost: BigFloat!) {
        recordUsage(input: { idempotencyKey: $key, service: "s", model: "m", cost: $cost }) { result { id } }
      }`,
      { key: `${++uses}`, cost }
    )
  return { id, owner, admin, ask, use, budget: createBudget.result.id as string }
}

test('everybody who watches hears of a charge and of a changed limit, and a stranger hears nothing', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const one = await company(api, 'one')
  const other = await company(api, 'other')
  const streams = await Promise.all(
    [one.owner, one.admin].map(token => openStream(api.url, watch, { id: one.id }, token))
  )
  const stranger = await openStream(api.url, watch, { id: other.id }, other.owner)

  await one.use('2.5')
  for (const stream of streams) {
    const { data } = await stream.next()
    t.deepEqual(data.budgetUpdated.budget, {
      id: one.budget,
      limitAmount: '10',
      state: { settled: '2.5', remaining: '7.5' }
    })
  }
  await one.ask(
    'mutation ($id: UUID!) { updateBudget(input: { budgetId: $id, limitAmount: "20" }) { result { id } } }',
    {
      id: one.budget
    }
  )
  for (const stream of streams) t.is((await stream.next()).data.budgetUpdated.budget.limitAmount, '20')

  // The first that the other organization's watcher hears is its own.
  await other.use('1')
  t.is((await stranger.next()).data.budgetUpdated.budget.id, other.budget)
  for (const stream of [...streams, stranger]) stream.close()
})

test('who is not in the organization, or not signed in, can not watch it', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const one = await company(api, 'closed')
  const stranger = await company(api, 'elsewhere')
  for (const [token, code] of [
    [stranger.owner, 'TENANT_FORBIDDEN'],
    [undefined, 'UNAUTHENTICATED']
  ] as const) {
    const { errors } = await api.graphql(watch, { variables: { id: one.id }, ...(token && { token }) })
    t.is(errors?.[0]?.extensions['code'], code)
  }
  const stream = await openStream(api.url, watch, { id: one.id }, one.admin)
  t.is(stream.status, 200, 'the control')
  stream.close()
})

test('the stream of a member who is removed, and of a session that ends, ends; the others go on', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const one = await company(api, 'leaving')
  const { data } = await api.graphql('{ me { id } }', { token: one.admin })
  const [owners, removed] = await Promise.all(
    [one.owner, one.admin].map(token => openStream(api.url, watch, { id: one.id }, token))
  )
  await one.ask('mutation ($id: UUID!) { removeMember(input: { userId: $id }) { clientMutationId } }', {
    id: data.me.id
  })
  await one.use('1')
  t.is((await owners!.next()).data.budgetUpdated.budget.state.settled, '1')
  const last = await removed!.next()
  t.is(last.data, undefined)
  t.is(last.errors[0].extensions.code, 'TENANT_FORBIDDEN')
  t.is(await removed!.next(), undefined)

  await one.ask('mutation { signOut(input: {}) { clientMutationId } }')
  t.is((await owners!.next()).errors[0].extensions.code, 'SESSION_ENDED')
  t.is(await owners!.next(), undefined)
})

test('on the channel are ids alone, and a part that has announced a moment ago is quiet', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const one = await company(api, 'quiet')
  const client = await api.database.admin.connect()
  t.teardown(() => client.release())
  const heard: [string, string | undefined][] = []
  client.on('notification', ({ channel, payload }) => heard.push([channel, payload]))
  await client.query(`listen "budgets:${one.id}"`)
  await one.use('0.1')
  const setQuiet = (until: string) =>
    client.query('update app_public.budget_shards set announced_at = $1 where budget_id = $2', [until, one.budget])
  await setQuiet('infinity')
  heard.length = 0
  await one.use('0.1')
  await client.query('select 1')
  t.deepEqual(heard, [])
  await setQuiet('-infinity')
  await one.use('0.1')
  await client.query('select 1')
  t.deepEqual(heard, [[`budgets:${one.id}`, one.budget]])
})

test('one credential has so many subscriptions and no more, and a closed one makes room', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const one = await company(api, 'many')
  const open = () => openStream(api.url, watch, { id: one.id }, one.owner)
  const streams = await Promise.all(Array.from({ length: 20 }, open))
  t.deepEqual([...new Set(streams.map(({ status }) => status))], [200])
  const refused = await api.graphql(watch, { variables: { id: one.id }, token: one.owner })
  t.is(refused.status, 429)
  t.like(refused.errors![0]!.extensions, { code: 'TOO_MANY_SUBSCRIPTIONS', limit: 20 })
  const others = await openStream(api.url, watch, { id: one.id }, one.admin)
  t.is(others.status, 200)
  streams.pop()!.close()
  for (;;) {
    const next = await open()
    next.close()
    if (next.status === 200) break
  }
  for (const stream of [...streams, others]) stream.close()
})
