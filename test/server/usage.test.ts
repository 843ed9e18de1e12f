import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'

let api: Api
let key: string
let owner: string
test.before(async () => {
  api = await startApi()
  owner = await api.join('integrator')
  await api.graphql('mutation { createOrganization(input: { name: "I", slug: "integrator" }) { result { id } } }', {
    token: owner
  })
  await api.graphql('mutation { createBudget(input: { limitAmount: "1000", thresholds: [] }) { result { id } } }', {
    token: owner
  })
  const { data } = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', {
    token: owner
  })
  key = data.createApiKey.result.key
})
test.after.always(() => api.close())

const use = { service: 'openai', model: 'gpt-5' }

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
  const answer: any = await response.json()
  return { status: response.status, type: response.headers.get('content-type'), body: answer }
}

const count = async (likeKey: string) =>
  (
    await api.database.admin.query(
      `select count(*)::int as count from app_public.usage_records join app_private.idempotency_keys as keys
         on keys.usage_record_id = usage_records.id
       where keys.key_hash = sha256(convert_to($1, 'UTF8'))`,
      [likeKey]
    )
  ).rows[0].count as number

test('an event is recorded to its last digit, and once', async t => {
  const cost = '123.000000000001'
  const text = `{"idempotency_key":"digits","service":"openai","model":"gpt-5","cost":${cost},"tokens_in":9007199254740993}`
  const first = await post('/v1/usage', text)
  t.is(first.status, 200)
  t.is(first.body.cost, cost)
  t.is(first.body.charged, cost)
  t.is(first.body.tokens_in, '9007199254740993')
  t.is((await post('/v1/usage', text)).body.id, first.body.id)
  t.is(await count('digits'), 1)
})

test('a person with the permission records as well, and nobody without a credential', async t => {
  const event = { ...use, idempotency_key: 'by a person', cost: 1 }
  const refused = await post('/v1/usage', event, { authorization: '' })
  t.is(refused.status, 401)
  t.is((await post('/v1/usage', event, { authorization: `Bearer ${owner}` })).status, 200)
  t.is((await post('/v1/usage', event, { authorization: 'Bearer rg_nope' })).body.code, 'API_KEY_MALFORMED')
})

test('a CloudEvent is the same event, in structured and in binary mode', async t => {
  const time = new Date(Date.now() - 60_000).toISOString()
  const envelope = { specversion: '1.0', type: 'llm.use', source: '/gateway', id: 'ünique', time }
  const structured = await post(
    '/v1/usage',
    { ...envelope, extra: 1, data: { ...use, cost: '0.5' } },
    {
      'content-type': 'application/cloudevents+json; charset=utf-8'
    }
  )
  t.is(structured.status, 200)
  t.is(structured.body.occurred_at, time)
  const binary = await post(
    '/v1/usage',
    { ...use, cost: '0.50' },
    {
      'ce-specversion': '1.0',
      'ce-type': 'llm.use',
      'ce-source': '/gateway',
      'ce-id': encodeURIComponent('ünique'),
      'ce-time': time
    }
  )
  t.is(binary.body.id, structured.body.id)
  const plain = await post('/v1/usage', { ...use, cost: 0.5, idempotency_key: 'ünique', occurred_at: time })
  t.is(plain.body.id, structured.body.id)

  for (const wrong of [
    { ...envelope, specversion: '0.3', data: use },
    { ...envelope, data: 'text' },
    { ...envelope, id: undefined, data: { ...use, cost: 1 } }
  ]) {
    t.is((await post('/v1/usage', wrong)).body.code, 'INVALID_INPUT', JSON.stringify(wrong))
  }
})

test('a refusal has the status of its reason, and says what it is about', async t => {
  const dear = await post('/v1/usage', { ...use, idempotency_key: 'dear', cost: 1001 })
  t.is(dear.type, 'application/problem+json; charset=utf-8')
  t.like(dear.body, { status: 402, code: 'BUDGET_EXCEEDED', limit: '1000', requested: '1001' })
  t.is(dear.status, 402)
  t.is(await count('dear'), 0)

  t.is((await post('/v1/usage', { ...use, idempotency_key: 'twice', cost: 1 })).status, 200)
  t.is((await post('/v1/usage', { ...use, idempotency_key: 'twice', cost: 2 })).status, 409)
  t.is(
    (await post('/v1/usage', { ...use, idempotency_key: 'unknown', model: 'no such model', occurred_at: 'soon' }))
      .status,
    422
  )
  t.is((await post('/v1/usage', '{"cost": 1')).body.code, 'MALFORMED_JSON')
  t.is((await post('/v1/usage', '"text"')).body.code, 'INVALID_INPUT')
  t.is((await post('/v1/usage', { idempotency_key: 'nul\0' })).body.code, 'INVALID_INPUT')
  t.is((await post('/v1/usage', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status, 415)

  const misspelt = await post('/v1/usage', { ...use, idempotency_key: 'misspelt', costs: 1 })
  t.is(misspelt.status, 422)
  t.regex(misspelt.body.rule, /^An event has these: idempotency_key, service, model, cost, /)
  t.is(await count('misspelt'), 0)
})

test('a batch comes as an array, as an object, as lines and as CloudEvents', async t => {
  const events = (name: string) => [1, 2].map(n => ({ ...use, idempotency_key: `${name} ${n}`, cost: n / 10 }))
  const lines = events('lines').map(event => JSON.stringify(event))
  const bodies: [unknown, string][] = [
    [events('array'), 'application/json'],
    [{ events: events('object') }, 'application/json'],
    [`${lines.join('\r\n')}\n\n`, 'application/x-ndjson'],
    [
      events('cloud').map(({ idempotency_key: id, ...data }) => ({
        specversion: '1.0',
        id,
        type: 't',
        source: 's',
        data
      })),
      'application/cloudevents-batch+json'
    ]
  ]
  for (const [body, type] of bodies) {
    const { status, body: answer } = await post('/v1/usage/batch', body, { 'content-type': type })
    t.is(status, 200, type)
    t.deepEqual(
      answer.answers.map(({ place, status }: any) => [place, status]),
      [
        [1, 'recorded'],
        [2, 'recorded']
      ]
    )
  }
  const again = await post('/v1/usage/batch', events('array'))
  t.deepEqual(
    again.body.answers.map(({ status }: any) => status),
    ['repeated', 'repeated']
  )
})

test('in a batch what is refused leaves the others alone', async t => {
  const { status, body } = await post('/v1/usage/batch', [
    { ...use, idempotency_key: 'fits', cost: '1.000000000001' },
    { ...use, idempotency_key: 'too dear', cost: 2000 },
    { ...use, idempotency_key: 'no amount', cost: 'much' }
  ])
  t.is(status, 200)
  t.deepEqual(
    body.answers.map(({ status, code }: any) => [status, code]),
    [
      ['recorded', null],
      ['refused', 'BUDGET_EXCEEDED'],
      ['refused', 'INVALID_INPUT']
    ]
  )
  t.is(body.answers[1].detail.requested, '2000')
})

test('a batch that can not be read is refused as a whole, and says where', async t => {
  const good = JSON.stringify({ ...use, idempotency_key: 'beside', cost: 1 })
  const ndjson = { 'content-type': 'application/x-ndjson' }
  const broken = await post('/v1/usage/batch', `${good}\n\n{"cost": 1\n`, ndjson)
  t.like(broken.body, { status: 400, code: 'MALFORMED_JSON', line: 3 })
  // Two lines that would be one array together.
  t.is((await post('/v1/usage/batch', '[1\n2]', ndjson)).body.line, 1)
  t.like((await post('/v1/usage/batch', `[${good},{"costs":1}]`)).body, { status: 422, place: 2 })
  t.is((await post('/v1/usage/batch', `${good}\n`.repeat(10_001), ndjson)).status, 422)
  t.is((await post('/v1/usage/batch', '', ndjson)).status, 422)
  t.is((await post('/v1/usage/batch', { events: {} })).status, 422)
  t.is((await post('/v1/usage/batch', {})).status, 422)
  t.is(await count('beside'), 0)
  t.is((await post('/v1/usage/batch', good, ndjson)).body.answers[0].status, 'recorded', 'the control')
  t.like((await post('/v1/usage/batch', ' '.repeat(9_000_000), ndjson)).body, { status: 413, limit: 8 * 1024 * 1024 })
})

test('10,000 events are taken in one body', async t => {
  const lines = Array.from({ length: 10_000 }, (_, n) =>
    JSON.stringify({ ...use, idempotency_key: `many ${n} ${'x'.repeat(150)}`, cost: '0.000000000001' })
  )
  const { status, body } = await post('/v1/usage/batch', lines.join('\n'), { 'content-type': 'application/x-ndjson' })
  t.is(status, 200)
  t.is(body.answers.filter(({ status }: any) => status === 'recorded').length, 10_000)
})

test('a hold is made, settled or given back', async t => {
  const estimate = { ...use, idempotency_key: 'hold', cost: '5', hold_seconds: 60 }
  const hold = await post('/v1/usage/authorize', estimate)
  t.like(hold.body, { status: 'open', cost: '5' })
  const settled = await post('/v1/usage/settle', { hold_id: hold.body.id, cost: '6.5' })
  t.like(settled.body, { cost: '6.5', overrun: '1.5', hold_id: hold.body.id })
  const closed = await post('/v1/usage/release', { hold_id: hold.body.id })
  t.like(closed.body, { status: 409, code: 'HOLD_CLOSED' })
  const other = await post('/v1/usage/authorize', { ...estimate, idempotency_key: 'other hold' })
  t.is((await post('/v1/usage/release', { hold_id: other.body.id })).body.status, 'released')
  t.is((await post('/v1/usage/authorize', { ...estimate, occurred_at: '2026-01-01' })).status, 422)
})

test("another organization's hold is not there", async t => {
  const hold = await post('/v1/usage/authorize', { ...use, idempotency_key: 'mine', cost: '1' })
  const stranger = await api.join('stranger')
  await api.graphql('mutation { createOrganization(input: { name: "S", slug: "stranger" }) { result { id } } }', {
    token: stranger
  })
  const body = { hold_id: hold.body.id }
  t.is((await post('/v1/usage/release', body, { authorization: `Bearer ${stranger}` })).status, 404)
  t.is((await post('/v1/usage/release', body)).status, 200)
})
