import test from 'ava'
import { startApi, type Api } from '../../helpers/api.ts'
import { openDatabase, type Database } from '../../helpers/database.ts'
import { newKey } from '../../helpers/keys.ts'
import { startProxy, type Proxy } from '../../helpers/proxy.ts'

let database: Database
let proxy: Proxy
let api: Api
test.before(async () => {
  database = await openDatabase()
  proxy = await startProxy(database.apiUrl)
  api = await startApi({ databaseUrl: proxy.url, rateLimits: true, addressRate: 10_000 }, database)
})
test.after.always(async () => {
  await api.close()
  await proxy.stop()
  await database.close()
})

const limit = (scope: string, rate: number | null, burst: number | null, slug?: string) =>
  database.admin.query(
    'select app_hidden.set_rate_limit($1, $2, $3, null, (select id from app_public.organizations where slug = $4))',
    [scope, rate, burst, slug ?? null]
  )

/** An organization with an owner and a key that has its own limit. */
async function tenant(name: string, keyLimit = 100_000) {
  const token = await api.join(name)
  await api.graphql(`mutation { createOrganization(input: { name: "${name}", slug: "${name}" }) { result { id } } }`, {
    token
  })
  const { data } = await api.graphql(
    `mutation { createApiKey(input: { name: "k", rateLimit: ${keyLimit} }) { result { key } } }`,
    { token }
  )
  return { token, key: data.createApiKey.result.key as string }
}
const ask = (token: string, query = '{ organizations(first: 1) { nodes { id } } }', target = api) =>
  target.graphql(query, { token })
/** One after the other; how many were answered before the first refusal, and that. */
async function untilRefused(token: string, most: number) {
  for (let served = 0; served < most; served++) {
    const answer = await ask(token)
    if (answer.status !== 200) return { served, answer }
  }
  throw new Error(`${most} requests and no refusal`)
}
const levelOf = (answer: Awaited<ReturnType<typeof ask>>) => answer.errors?.[0]?.extensions['level']

test.serial(
  'what a rate limit refuses takes nothing from the quota, and a key without quota stays what it was',
  async t => {
    const token = await api.join('quota')
    await api.graphql('mutation { createOrganization(input: { name: "quota", slug: "quota" }) { result { id } } }', {
      token
    })
    const make = async (rate: number, quota: number) =>
      (
        await api.graphql(
          `mutation { createApiKey(input: { name: "k", rateLimit: ${rate}, monthlyQuota: "${quota}" }) { result { key apiKey { id } } } }`,
          { token }
        )
      ).data.createApiKey.result as { key: string; apiKey: { id: string } }
    const record = async (key: string, n: number) => {
      const response = await fetch(`${api.url}/v1/usage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ idempotency_key: `${key} ${n}`, service: 's', model: 'm', cost: 0 })
      })
      return response.status
    }
    const state = async (id: string) =>
      (
        await database.admin.query(
          `select status, (select sum(settled)::int from app_public.budget_shards as part join app_public.budgets
             on budgets.id = part.budget_id where budgets.scope_id = keys.id) as used
         from app_public.org_api_keys as keys where id = $1`,
          [id]
        )
      ).rows[0]

    const limited = await make(3, 10)
    const answers = []
    for (let n = 0; n < 5; n++) answers.push(await record(limited.key, n))
    t.deepEqual(answers, [200, 200, 200, 429, 429])
    t.deepEqual(await state(limited.apiKey.id), { status: 'active', used: 3 })

    const exhausted = await make(1000, 2)
    t.deepEqual(
      [await record(exhausted.key, 0), await record(exhausted.key, 1), await record(exhausted.key, 2)],
      [200, 200, 402]
    )
    t.deepEqual(await state(exhausted.apiKey.id), { status: 'active', used: 2 })
  }
)

test.serial(
  'a key has its requests per minute, and then gets 429 with what it may do, before the database is asked',
  async t => {
    const { key } = await tenant('keyed', 5)
    const { served, answer } = await untilRefused(key, 10)
    t.is(served, 5)
    t.is(answer.status, 429)
    t.is(answer.data, undefined)
    t.like(answer.errors![0]!.extensions, {
      code: 'RATE_LIMITED',
      level: 'key',
      limit: 5,
      seconds: 60,
      'violated-policies': ['key']
    })
    t.is(answer.headers.get('ratelimit-policy'), '"key";q=5;w=60;rowgate-burst=5')
    t.regex(answer.headers.get('ratelimit')!, /^"key";r=0;t=\d+$/)
    t.is(answer.headers.get('retry-after'), String(answer.errors![0]!.extensions['retry_after']))

    const before = proxy.flights()
    for (let n = 0; n < 50; n++) t.is((await ask(key)).status, 429)
    t.true(
      proxy.flights() - before < 25,
      'what is refused does not reach the database, but for a look at the limit now and then'
    )
  }
)

test.serial('a served request says what is left, of every limit that it took from', async t => {
  const { token, key } = await tenant('headers', 50)
  await ask(key)
  const { headers } = await ask(key)
  t.is(
    headers.get('ratelimit-policy'),
    '"key";q=50;w=60;rowgate-burst=50, "tenant";q=100;w=1;rowgate-burst=1000, "global";q=1000;w=1;rowgate-burst=10000'
  )
  t.regex(headers.get('ratelimit')!, /^"key";r=48;t=\d+, "tenant";r=\d+;t=1, "global";r=\d+;t=1$/)
  const asPerson = () => api.graphql('{ organizations { nodes { id } } }', { token, tenant: 'headers' })
  await asPerson()
  t.regex((await asPerson()).headers.get('ratelimit-policy')!, /^"person";q=10;w=1;rowgate-burst=100, "tenant"/)
})

test.serial('a person, an organization and all together have limits of their own, and others go on', async t => {
  const [one, two] = [await tenant('one'), await tenant('two')]
  await limit('tenant', 1, 10, 'one')
  const refused = await untilRefused(one.key, 200)
  t.is(levelOf(refused.answer), 'tenant')
  t.true(refused.served >= 10)
  t.is((await ask(two.key)).status, 200)

  await limit('person', 1, 50, 'two')
  const person = await untilRefused(two.token, 500)
  t.is(levelOf(person.answer), 'person')
  t.true(person.served >= 50, 'a page load is a burst')
  t.is((await ask(two.key)).status, 200, 'the key of the same organization')
})

test.serial(
  'a changed limit counts without a restart, and asking for it serves nobody more than the limit',
  async t => {
    const { key } = await tenant('changing', 3)
    const { served } = await untilRefused(key, 10)
    t.is(served, 3)
    // One comes back every 20 seconds. What is known is asked for anew after 2 (test/server/rates/parts.test.ts).
    const flights = proxy.flights()
    let refused = 0
    while (proxy.flights() < flights + 2) {
      t.is((await ask(key)).status, 429)
      refused += 1
    }
    t.true(refused > 2)
    await database.admin.query(
      "update app_public.org_api_keys set rate_limit = 1000 where organization_id = (select id from app_public.organizations where slug = 'changing')"
    )
    while ((await ask(key)).status !== 200) continue
    t.is((await ask(key)).status, 200)
    t.regex((await ask(key)).headers.get('ratelimit-policy')!, /^"key";q=1000;w=60/)
  }
)

test.serial('what a request costs counts, not that it is one', async t => {
  const { key } = await tenant('costly', 20)
  await ask(key)
  const left = async (query: string) =>
    Number(/"key";r=(\d+)/.exec((await ask(key, query)).headers.get('ratelimit')!)![1])
  const nested = (first: number) =>
    `{ teams(first: ${first}) { nodes { name teams: childTeams(first: 100) { nodes { name } } } } }`
  const before = await left('{ teams { nodes { name } } }')
  t.is(before - (await left('{ teams { nodes { name } } }')), 1)
  const start = await left('{ __typename }')
  // 100 rows at level 1, and 100 × 100 at level 2: 20,100 of 5,000 a point.
  t.is(start - (await left(nested(100))), 5)
  const tooMuch = await ask(key, nested(1000).replace('first: 100)', 'first: 1000)'))
  t.is(tooMuch.status, 400)
  t.is(tooMuch.errors![0]!.extensions['code'], 'QUERY_TOO_COMPLEX')
})

test.serial('a request stays one flight, whether its limits are known or not', async t => {
  const { key } = await tenant('flying')
  const flights = async () => {
    const before = proxy.flights()
    t.is((await ask(key)).status, 200)
    return proxy.flights() - before
  }
  t.deepEqual([await flights(), await flights(), await flights()], [1, 1, 1])
})

test.serial('whoever is not known takes from their address and credential only, whatever tenant they name', async t => {
  const small = await startApi({ rateLimits: true, addressRate: 3 }, database)
  t.teardown(() => small.close())
  const { token } = await tenant('named')
  const { key: unknown } = newKey()
  const stranger = () => small.graphql('{ __typename }', { token: unknown, tenant: 'named' })
  const data = () => small.graphql('{ organizations { nodes { id } } }', { token: unknown, tenant: 'named' })
  t.is((await data()).status, 401)
  const policies = (await stranger()).headers.get('ratelimit-policy')!
  t.is(policies, '"address";q=3;w=1;rowgate-burst=30, "credential";q=20;w=1;rowgate-burst=200')
  let answer
  do answer = await data()
  while (answer.status === 401)
  t.is(answer.status, 429)
  t.is(levelOf(answer), 'address')
  t.is((await ask(token)).status, 200, 'the named tenant, where the address is not used up')
})

test.serial('only a proxy that is trusted may say from where a request came', async t => {
  const from = async (target: Api, address: string) => {
    const response = await fetch(`${target.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: '{"query":"{ __typename }"}'
    })
    return response.status
  }
  const trusting = await startApi({ rateLimits: true, addressRate: 1, trustedProxies: ['127.0.0.1'] }, database)
  const suspicious = await startApi({ rateLimits: true, addressRate: 1 }, database)
  t.teardown(async () => {
    await trusting.close()
    await suspicious.close()
  })
  const flood = async (target: Api, name: (n: number) => string) =>
    (await Promise.all(Array.from({ length: 60 }, (_, n) => from(target, name(n))))).filter(status => status === 429)
      .length
  t.is(await flood(trusting, n => `10.0.0.${n}`), 0, 'sixty clients behind a proxy')
  t.true((await flood(trusting, () => '10.0.1.1')) > 0, 'one client behind it')
  t.true((await flood(suspicious, n => `10.0.0.${n}`)) > 0, 'one client that lies')
})

test.serial(
  'after ten attempts to sign in under a name at once the next ones are refused; another name is not',
  async t => {
    await api.join('guessed')
    const attempt = (username: string, password: string) => api.token({ grant_type: 'password', username, password })
    const wrong = await Promise.all(
      Array.from({ length: 15 }, (_, n) => attempt('guessed@example.com', `wrong password ${n}`))
    )
    const statuses = wrong.map(({ status }) => status)
    t.true(statuses.filter(status => status === 400).length >= 9, 'and joining was the tenth')
    t.true(statuses.includes(429))
    t.like(wrong.find(({ status }) => status === 429)!.body, {
      error: 'temporarily_unavailable',
      code: 'RATE_LIMITED',
      level: 'sign-in'
    })
    t.is((await attempt('somebody@example.com', 'wrong password')).status, 400)
    const spelled = await Promise.all([1, 2, 3].map(() => attempt(' GUESSED@example.com', 'password of guessed')))
    t.true(
      spelled.some(({ status }) => status === 429),
      'however the name is written, and with the right password as well'
    )
  }
)
