import { updateListPrices } from '../../db/prices.ts'
import { alternate, type Bench } from '../helpers/bench.ts'
import { pgbench } from '../helpers/load.ts'
import { durable } from '../helpers/throwaway.ts'

const organization = '00000000-0000-7000-8000-000000000000'
const lookup = `select price from app_public.model_prices
  where service = 'openai' and model = 'gpt-5' and effective_from <= now() and (effective_to is null or effective_to > now())`
// So many in one statement that the statement itself weighs nothing.
const calls = 200
const many = (expression: string) => `select count(${expression}) from generate_series(1, ${calls}) as use;`

export default {
  title: 'what a price, a rate and a period cost on the way of a charge',
  async run(tools) {
    const database = await tools.database({ settings: durable })
    await updateListPrices(database.url)
    await database.admin.query("select app_hidden.set_exchange_rate('EUR', 'USD', 1.08, '2000-01-01T00:00Z')")
    await database.admin.query("select app_hidden.set_exchange_rate('USD', 'JPY', 155, '2000-01-01T00:00Z')")
    await database.admin.query('vacuum analyze')
    const load = { url: database.url, connections: 2, seconds: tools.short ? 1 : 5 }
    const price = (model: string) =>
      many(
        `(select amount from app_hidden.price_usage('${organization}', 'openai', '${model}', now(), 1000 + use, 200, 1))`
      )
    const scripts = {
      lookup: `${lookup.replaceAll('\n', ' ')};`,
      price: price('gpt-5'),
      alias: price('gpt-5-2025-08-07'),
      unpriced: price('unknown'),
      rate: many("app_hidden.exchange_rate('USD', 'EUR', now() + use * interval '1 second')"),
      cross: many("app_hidden.exchange_rate('EUR', 'JPY', now() + use * interval '1 second')"),
      stock: many("date_trunc('month', now() + use * interval '1 minute', 'Europe/Berlin')"),
      period: many("(app_hidden.period_bounds('month', now() + use * interval '1 minute', 'Europe/Berlin')).ends")
    }
    const rates = await alternate(
      tools,
      tools.short ? 1 : 5,
      Object.fromEntries(
        Object.entries(scripts).map(([name, script]) => [
          name,
          async () => (await pgbench(script, load)) * (name === 'lookup' ? 1 : calls)
        ])
      ) as Record<keyof typeof scripts, () => Promise<number>>
    )
    const statement = { what: 'a prepared lookup', rate: rates.lookup }
    const trunc = { what: 'date_trunc', rate: rates.stock }
    return [
      {
        title:
          'Inside a function, on two connections, against one prepared statement that reads the price from outside',
        rows: [
          { what: 'a prepared lookup', rate: rates.lookup },
          { what: 'price_usage', rate: rates.price, against: statement },
          { what: 'price_usage, by another name', rate: rates.alias, against: statement },
          { what: 'price_usage, unpriced', rate: rates.unpriced, against: statement },
          { what: 'exchange_rate, the inverse', rate: rates.rate, against: statement },
          { what: 'exchange_rate, by way of USD', rate: rates.cross, against: statement }
        ]
      },
      {
        title: 'The bounds of a month in a time zone',
        rows: [
          { what: 'date_trunc (the start alone)', rate: rates.stock },
          { what: 'period_bounds', rate: rates.period, against: trunc }
        ]
      }
    ]
  }
} satisfies Bench
