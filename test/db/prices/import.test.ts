import test from 'ava'
import { calcPrice } from '@pydantic/genai-prices'
import { bundledPrices, updateListPrices } from '../../../db/prices.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const nobody = '00000000-0000-7000-8000-000000000000'
const price = (service: string, model: string, at: string, input: number, output: number) =>
  value<string>(
    stage,
    `select coalesce((
       select amount::text from app_hidden.price_usage($1, $2, $3, $4, $5, $6, 1)
     ), 'unpriced')`,
    [nobody, service, model, at, input, output]
  )

test.serial('The published prices are there after an update, and a second one changes nothing.', async t => {
  await stage.admin.query('delete from app_public.model_prices')
  const first = await updateListPrices(stage.database.url)
  t.true(first.lists > 1000 && first.changed === first.lists && first.aliases > 500)
  const second = await updateListPrices(stage.database.url)
  t.is(second.changed, 0)
  t.is(second.aliases, 0)
  t.is(
    await value(
      stage,
      "select count(*)::int from app_public.model_prices where effective_from between now() - interval '1 hour' and now()"
    ),
    0
  )
})

test.serial('They are what the package itself computes, under every name.', async t => {
  const { lists, aliases } = await bundledPrices()
  const names = [
    ...lists.map(({ service, model }) => ({ service, name: model })),
    ...aliases.map(({ service, alias }) => ({ service, name: alias }))
  ]
  const at = new Date()
  const { rows } = await stage.admin.query<{
    service: string
    name: string
    input: number
    output: number
    amount: string
  }>(
    `select names.service, names.name, input, output, price.amount::text
     from jsonb_to_recordset($1) as names (service text, name text)
       cross join (values (1000, 500), (300000, 1000)) as uses (input, output)
       cross join lateral app_hidden.price_usage($2, names.service, names.name, $3, input, output, 1) as price`,
    [JSON.stringify(names), nobody, at]
  )
  t.true(rows.length > names.length, 'nearly all of them have a price for both kinds of token')
  const wrong = rows.filter(({ service, name, input, output, amount }) => {
    const theirs = calcPrice({ input_tokens: input, output_tokens: output }, name, {
      providerId: service,
      timestamp: at
    })
    // An id that only stands for a price is not one that the package finds again.
    return theirs && Math.abs(Number(amount) - theirs.total_price) > 1e-9
  })
  t.deepEqual(wrong, [])
})

test.serial(
  'A price has the day on which it was announced, and what held before still holds for what was before.',
  async t => {
    t.is(await price('openai', 'o3', '2025-06-09T23:59:59Z', 1000, 1000), '0.05')
    t.is(await price('openai', 'o3', '2025-06-10T00:00:00Z', 1000, 1000), '0.01')
    t.is(await price('openai', 'gpt-5-2025-08-07', '2026-01-01T00:00:00Z', 1000, 1000), '0.01125')
    t.is(await price('openai', 'gpt-5-2099-01-01', '2026-01-01T00:00:00Z', 1000, 1000), 'unpriced')
  }
)

test.serial('A known price that the list changes without a day is new as of now, not of then.', async t => {
  const entry = (input: string) => [
    {
      service: 'test',
      model: 'm',
      currency: 'USD',
      effective_from: null,
      prices: [{ unit: 'input_token', price: input }]
    }
  ]
  const load = (list: object[]) =>
    stage.admin.query('select * from app_hidden.import_list_prices($1)', [JSON.stringify(list)])
  await load(entry('1'))
  const before = new Date().toISOString()
  await load(entry('2'))
  t.is(await price('test', 'm', before, 1, 0), '1')
  t.is(await price('test', 'm', new Date(Date.now() + 1000).toISOString(), 1, 0), '2')
  await load([{ ...entry('2')[0] }, { ...entry('3')[0], effective_from: '2099-01-01T00:00:00Z' }])
  t.is(await price('test', 'm', '2098-12-31T00:00:00Z', 1, 0), '2')
  t.is(await price('test', 'm', '2099-01-01T00:00:00Z', 1, 0), '3')
})
