import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { outcome } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const nobody = '00000000-0000-7000-8000-000000000000'
const moment = '2026-06-01T00:00Z'

interface Use {
  organization?: string
  model: string
  at?: string
  in?: number | string
  out?: number | string
  requests?: number
  cached?: number
}

/** "amount currency", or "unpriced". */
async function price(use: Use): Promise<string> {
  const { rows } = await stage.admin.query(
    "select amount::text || ' ' || currency as price from app_hidden.price_usage($1, 'test', $2, $3, $4, $5, $6, $7)",
    [
      use.organization ?? nobody,
      use.model,
      use.at ?? moment,
      use.in ?? 0,
      use.out ?? 0,
      use.requests ?? 1,
      use.cached ?? 0
    ]
  )
  return rows.length === 0 ? 'unpriced' : rows[0].price
}

async function list(model: string, prices: object[], from = '2026-01-01T00:00Z', currency = 'USD'): Promise<boolean> {
  const { rows } = await stage.admin.query("select app_hidden.set_list_prices('test', $1, $2, $3, $4) as changed", [
    model,
    currency,
    JSON.stringify(prices),
    from
  ])
  return rows[0].changed
}

const tokens = (input: string, output: string) => [
  { unit: 'input_token', price: input },
  { unit: 'output_token', price: output }
]

test('A use costs its tokens and its request at their prices, to the twelfth decimal.', async t => {
  await list('plain', [...tokens('0.00000125', '0.00001'), { unit: 'request', price: '0.005' }])
  t.is(await price({ model: 'plain', in: 1000, out: 200 }), '0.00825 USD')
  t.is(await price({ model: 'plain', in: 1000, out: 200, requests: 3 }), '0.01825 USD')
  t.is(await price({ model: 'plain', in: '9007199254740993' }), '11258999068.43124125 USD', 'no float on the way')
  await list('fine', tokens('0.000000000000500001', '0'))
  t.is(await price({ model: 'fine', in: 1 }), '0.000000000001 USD')
})

test('Cached input has its own price where there is one, and is part of the input.', async t => {
  await list('cached', [...tokens('2', '1'), { unit: 'cached_input_token', price: '0.5' }])
  await list('uncached', tokens('2', '1'))
  t.is(await price({ model: 'cached', in: 10, cached: 4 }), '14 USD')
  t.is(await price({ model: 'cached', in: 10, cached: 40 }), '5 USD', 'never more than there was')
  t.is(await price({ model: 'uncached', in: 10, cached: 4 }), '20 USD')
})

test('A long prompt costs what its tier says, all of it.', async t => {
  const tier = { from_tokens_in: 201 }
  await list('tiered', [
    ...tokens('1', '2'),
    { ...tier, unit: 'input_token', price: '3' },
    { ...tier, unit: 'output_token', price: '5' }
  ])
  t.is(await price({ model: 'tiered', in: 200, out: 1 }), '202 USD')
  t.is(await price({ model: 'tiered', in: 201, out: 1 }), '608 USD')
})

test('What has no price is unpriced, never free.', async t => {
  await list('input only', [{ unit: 'input_token', price: '1' }])
  await list('a request', [{ unit: 'request', price: '1' }])
  await list('given away', tokens('0', '0'))
  t.is(await price({ model: 'unheard of', in: 1 }), 'unpriced')
  t.is(await price({ model: 'input only', in: 1 }), '1 USD')
  t.is(await price({ model: 'input only', in: 1, out: 1 }), 'unpriced')
  t.is(await price({ model: 'input only' }), 'unpriced', 'nothing was counted that has a price')
  t.is(await price({ model: 'a request' }), '1 USD')
  t.is(await price({ model: 'a request', in: 1 }), 'unpriced')
  t.is(await price({ model: 'given away', in: 1, out: 1 }), '0 USD', 'a price of zero is one')
})

test('Each use has the price of its moment; the new one ends the old one.', async t => {
  await list('dated', tokens('1', '1'), '2026-01-01T00:00Z')
  t.true(await list('dated', tokens('2', '2'), '2026-03-01T00:00Z'))
  t.false(await list('dated', tokens('2.0', '2.00'), '2026-04-01T00:00Z'), 'the same again')
  t.is(await price({ model: 'dated', in: 1, at: '2025-12-31T23:59:59.999999Z' }), 'unpriced')
  t.is(await price({ model: 'dated', in: 1, at: '2026-01-01T00:00Z' }), '1 USD')
  t.is(await price({ model: 'dated', in: 1, at: '2026-02-28T23:59:59.999999Z' }), '1 USD')
  t.is(await price({ model: 'dated', in: 1, at: '2026-03-01T00:00Z' }), '2 USD')
  await list('dated', [{ unit: 'input_token', price: '5' }], '2026-02-01T00:00Z')
  t.is(await price({ model: 'dated', in: 1, at: '2026-03-01T00:00Z' }), '5 USD', 'what was to follow is replaced')
  t.is(await price({ model: 'dated', out: 1, at: '2026-03-01T00:00Z' }), 'unpriced', 'all units of it')
})

test('Another name of a model has its price, and a name that only looks like it has none.', async t => {
  await list('named', tokens('1', '1'))
  const aliases = [{ service: 'test', alias: 'named-2026-01-01', model: 'named' }]
  await stage.admin.query('select app_hidden.import_model_aliases($1)', [JSON.stringify(aliases)])
  t.is(await price({ model: 'named-2026-01-01', in: 1 }), '1 USD')
  t.is(await price({ model: 'named-2026-01-02', in: 1 }), 'unpriced')
  t.is(await price({ model: 'Named', in: 1 }), 'unpriced')
})

test('Two prices of the same unit at the same time are impossible.', async t => {
  await list('single', tokens('1', '1'))
  const insert = (unit: string, from: string) =>
    outcome(
      stage.admin.query(
        `insert into app_public.model_prices (service, model, unit, price, currency, effective_from)
         values ('test', 'single', $1, 1, 'USD', $2)`,
        [unit, from]
      )
    )
  t.is(await insert('input_token', '2026-02-01T00:00Z'), 'model_prices_one_at_a_time')
  t.is(await insert('input_token', '2025-02-01T00:00Z'), 'model_prices_one_at_a_time')
  t.is(await insert('request', '2026-02-01T00:00Z'), '1 row')
})

test("An organization's own prices stand in the place of the list's, for it alone and as long as they hold.", async t => {
  await list('shared', tokens('1', '1'), '2000-01-01T00:00Z')
  const aliases = [{ service: 'test', alias: 'shared-2026', model: 'shared' }]
  await stage.admin.query('select app_hidden.import_model_aliases($1)', [JSON.stringify(aliases)])
  const own = await found(stage, { owner: 'owner' })
  const other = await found(stage, { owner: 'owner' })
  const later = new Date(Date.now() + 60_000).toISOString()
  const set = (from: string) =>
    own.people.owner(
      "select * from app_public.set_model_price('test', 'shared', 'EUR', input_token => 7, effective_from => $1)",
      [from]
    )
  t.is((await set('2026-01-01T00:00Z')).rows[0]!['unit'], 'input_token')
  t.is(await price({ organization: own.id, model: 'shared', in: 1 }), '7 EUR')
  t.is(await price({ organization: own.id, model: 'shared-2026', in: 1 }), '7 EUR', 'also under its other name')
  t.is(await price({ organization: own.id, model: 'shared', in: 1, out: 1 }), 'unpriced', 'all units of it')
  t.is(await price({ organization: own.id, model: 'shared', in: 1, at: '2025-01-01T00:00Z' }), '1 USD')
  t.is(await price({ organization: other.id, model: 'shared', in: 1 }), '1 USD')

  await set('2026-01-01T00:00Z')
  await own.people.owner("select app_public.reset_model_price('test', 'shared')")
  t.is(await price({ organization: own.id, model: 'shared', in: 1 }), '7 EUR', 'what was, was')
  t.is(await price({ organization: own.id, model: 'shared', in: 1, at: later }), '1 USD')
})

test('Two who set the first own price of a model at the same moment both succeed, and one of them counts.', async t => {
  const { id, people } = await found(stage, { owner: 'owner', admin: 'admin' })
  const set = (persona: typeof people.owner, value: number) =>
    outcome(persona("select * from app_public.set_model_price('test', 'raced', 'USD', input_token => $1)", [value]))
  t.deepEqual(await Promise.all([set(people.owner, 2), set(people.admin, 3)]), ['1 row', '1 row'])
  const now = new Date(Date.now() + 60_000).toISOString()
  t.regex(await price({ organization: id, model: 'raced', in: 1, at: now }), /^[23] USD$/)
})
