import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const months = [0, 1, 2].map(ago => {
  const day = new Date()
  day.setUTCDate(2)
  day.setUTCMonth(day.getUTCMonth() - ago)
  return day < new Date() ? day.toISOString() : new Date(Date.now() - 1000).toISOString()
})

/** Every way to a price, in this month and in ones that nobody has met yet. */
const events = [
  { model: 'tiered', tokens_in: 1000, tokens_out: 10 },
  { model: 'tiered', tokens_in: 300_000, tokens_out: 10 },
  { model: 'alias-of-tiered', tokens_in: 300_000, tokens_out: 10 },
  { model: 'plain', tokens_in: 5, tokens_out: 7 },
  { model: 'plain', requests: 3 },
  { model: 'own', tokens_in: 9, tokens_out: 1 },
  { model: 'in-euro', tokens_in: 8 },
  { model: 'unheard-of', tokens_in: 3 },
  { model: 'plain', cost: '0.123456789012' },
  { model: 'plain', cost: '2', currency: 'EUR' },
  { model: 'plain', cost: '2', currency: 'XXX' }
].flatMap(event => months.map(occurred_at => ({ service: 'as-singles', ...event, occurred_at })))

type Company = Awaited<ReturnType<typeof found<'owner'>>>

async function booked({ id, people: { owner } }: Company, record: (keyed: object[]) => Promise<void>) {
  await owner("select app_public.create_budget(1000000, period => 'day')")
  await owner("select app_public.create_budget(1000000, unit => 'tokens', model => 'tiered')")
  await stage.admin.query("update app_public.budgets set counts_from = '-infinity' where organization_id = $1", [id])
  await owner(
    "select app_public.set_model_price('as-singles', 'own', 'USD', 0.5, 0.25, effective_from => '2000-01-01')"
  )
  await record(events.map((event, index) => ({ ...event, idempotency_key: `key-${index}` })))
  const { rows: records } = await stage.admin.query(
    `select model, requests, tokens_in, tokens_out, cost, currency, pricing, exchange_rate, charged
     from app_public.usage_records where organization_id = $1 order by model, occurred_at, tokens_in, requests, cost, currency`,
    [id]
  )
  const { rows: counters } = await stage.admin.query(
    `select budgets.unit, budgets.period, shards.starts_at, trim_scale(sum(shards.settled)) as settled
     from app_public.budget_shards as shards join app_public.budgets on budgets.id = shards.budget_id
     where shards.organization_id = $1 group by 1, 2, 3 order by 1, 2, 3`,
    [id]
  )
  return { records, counters }
}

test.serial.before(async () => {
  const prices = [
    ['tiered', 'USD', { input_token: '0.001', output_token: '0.002' }],
    ['plain', 'USD', { input_token: '0.01', output_token: '0.02', request: '0.03' }],
    ['own', 'USD', { input_token: '9' }],
    ['in-euro', 'EUR', { input_token: '0.1' }]
  ] as const
  for (const [model, currency, units] of prices) {
    const list: object[] = Object.entries(units).map(([unit, price]) => ({ unit, price }))
    if (model === 'tiered') list.push({ unit: 'input_token', price: '0.004', from_tokens_in: 200_000 })
    await stage.admin.query("select app_hidden.set_list_prices('as-singles', $1, $2, $3, '2000-01-01T00:00Z')", [
      model,
      currency,
      JSON.stringify(list)
    ])
  }
  await stage.admin.query("insert into app_public.model_aliases values ('as-singles', 'alias-of-tiered', 'tiered')")
  await stage.admin.query("select app_hidden.set_exchange_rate('EUR', 'USD', 1.1, '2000-01-01T00:00Z')")
})

test.serial('A batch is priced and counted as the same events one by one.', async t => {
  const [one, all] = [await found(stage, { owner: 'owner' }), await found(stage, { owner: 'owner' })]
  const singly = await booked(one, async keyed => {
    for (const event of keyed) {
      const values = Object.keys(event).map((name, index) => `${name} => $${index + 1}`)
      await one.people.owner(`select app_public.record_usage(${values.join(', ')})`, Object.values(event))
    }
  })
  const together = await booked(all, async keyed => {
    const { rows } = await all.people.owner('select status from app_public.record_usage_batch($1)', [
      JSON.stringify(keyed)
    ])
    t.deepEqual([...new Set(rows.map(row => row['status']))], ['recorded'])
  })
  t.deepEqual(together, singly)
  t.is(singly.records.length, events.length)
  t.true(singly.counters.length > 4, 'in several periods')
})
