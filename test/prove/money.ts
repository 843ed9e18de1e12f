import type pg from 'pg'
import { decimal, equals, inverse, plus, round, show, times, type Decimal } from '../helpers/decimal.ts'
import { found } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'

const floats = `
  select format('%s.%s', attrelid::regclass, attname) as column
  from pg_attribute join pg_class on pg_class.oid = attrelid
  where relnamespace::regnamespace::text like 'app\\_%' and relkind in ('r', 'p', 'v', 'm', 'f') and attnum > 0
    and not attisdropped and atttypid in ('float4'::regtype, 'float8'::regtype, 'money'::regtype)`

const base = 'USD'
/** How each currency's rate is listed: as its price in the base, the other way round, or against the euro alone. */
const currencies: Record<string, 'direct' | 'inverse' | 'euro'> = {
  USD: 'direct',
  EUR: 'direct',
  GBP: 'direct',
  CHF: 'inverse',
  JPY: 'inverse',
  INR: 'inverse',
  BRL: 'inverse',
  KWD: 'direct',
  SEK: 'euro',
  NOK: 'euro',
  PLN: 'euro',
  HUF: 'euro'
}
/** The twelve whole months before this one: what is in the future can not have been used. */
const thisMonth = new Date()
const months = Array.from(
  { length: 12 },
  (_, month) => new Date(Date.UTC(thisMonth.getUTCFullYear(), thisMonth.getUTCMonth() - 12 + month, 1))
)

interface Listed {
  from: string
  to: string
  rates: Decimal[]
}

export default {
  title: 'money is exact: twelve currencies sum up to what each record says, and no column is a float',
  family: 'metering',
  breaks: 'a rate that goes through double precision, and a float column',
  async run({ database, keep, log, short, broken }) {
    const events = short ? 10_000 : 1_000_000
    const db = await database()
    const { admin } = db
    const { asUser, close } = personas(db)
    keep(close)
    if (broken) await admin.query(throughFloats)
    const prices = await listPrices(admin)
    const listed = await listRates(admin)
    log(`${events} uses in ${Object.keys(currencies).length} currencies`)
    const { id, people } = await found({ admin, asUser }, { owner: 'owner' })
    await admin.query('update app_public.organizations set retention_months = 24 where id = $1', [id])
    await people.owner(`select app_public.create_budget(limit_amount => 99999999999, period => 'total')`)
    let refused = 0
    for (let from = 0; from < events; from += 10_000) {
      const { rows } = await people.owner(record, [from, Object.keys(currencies), months[0]])
      refused += Number(rows[0]!['count'])
    }

    // Every record again, in integers.
    const sums = new Map<string, Decimal>(Object.keys(currencies).map(currency => [currency, decimal('0')]))
    const differences: unknown[] = []
    let wrong = 0
    let read = 0
    for await (const row of rowsOf(admin)) {
      const [input, output] = prices.get(row.currency)!
      const cost = plus(times(input, decimal(row.tokens_in)), times(output, decimal(row.tokens_out)))
      const amount = round(cost, 12)
      const rate = rateOf(listed, row.currency, row.month)
      const converted = round(times(amount, rate), 12)
      sums.set(row.currency, plus(sums.get(row.currency)!, converted))
      read++
      const right =
        equals(decimal(row.amount), amount)
        && equals(decimal(row.rate), rate)
        && equals(decimal(row.converted), converted)
      if (right) continue
      wrong++
      if (differences.length < 3) differences.push({ ...row, expected: [amount, rate, converted].map(show) })
    }
    const { rows } = await admin.query<{ currency: string; sum: string }>(
      'select currency, sum(charged)::text as sum from app_public.usage_records group by currency'
    )
    const unequal = rows.filter(({ currency, sum }) => !equals(decimal(sum), sums.get(currency)!))
    const total = [...sums.values()].reduce(plus)
    const settled = await admin.query<{ sum: string }>('select sum(settled)::text as sum from app_public.budget_shards')
    const budget = decimal(settled.rows[0]!.sum)
    const { rows: columns } = await admin.query<{ column: string }>(floats)
    return {
      passed:
        wrong === 0
        && refused === 0
        && equals(budget, total)
        && read === events
        && rows.length === 12
        && unequal.length === 0
        && columns.length === 0,
      figures: {
        events: read,
        currencies: rows.length,
        total: `${show(total)} ${base}`,
        refused,
        'on the budget': show(budget),
        'records that differ': wrong,
        'sums that differ': unequal.map(({ currency }) => currency),
        'float columns': columns.map(({ column }) => column),
        ...(wrong > 0 && { examples: differences })
      }
    }
  }
} satisfies Proof

const throughFloats = `
  alter table app_public.budgets add column rate float8;
  alter function app_hidden.exchange_rate(text, text, timestamptz) rename to exact_exchange_rate;
  create function app_hidden.exchange_rate(from_currency text, to_currency text, at timestamptz) returns numeric
  language sql stable as $$ select (app_hidden.exact_exchange_rate(from_currency, to_currency, at)::float8 * 1.0)::numeric $$;`

/** A model for each currency: three digits before and eleven behind the decimal point, so that something is to be rounded. */
async function listPrices(admin: pg.Pool): Promise<Map<string, [Decimal, Decimal]>> {
  const prices = new Map<string, [Decimal, Decimal]>()
  for (const [index, currency] of Object.keys(currencies).entries()) {
    const [input, output] = [`0.0000${digits(index, 11)}`, `0.000${digits(index + 50, 12)}`]
    await admin.query("select app_hidden.set_list_prices('proof', $1, $1, $2, '2000-01-01T00:00Z')", [
      currency,
      JSON.stringify([
        { unit: 'input_token', price: input },
        { unit: 'output_token', price: output }
      ])
    ])
    prices.set(currency, [decimal(input), decimal(output)])
  }
  return prices
}

async function listRates(admin: pg.Pool): Promise<Listed[]> {
  const listed: Listed[] = []
  for (const [index, [currency, how]] of Object.entries(currencies).entries()) {
    if (currency === base) continue
    const [from, to] = how === 'direct' ? [currency, base] : how === 'inverse' ? [base, currency] : [currency, 'EUR']
    const rates = months.map((_, month) => `${1 + ((index * 7 + month) % 90)}.${digits(index * 12 + month, 9)}`)
    for (const [month, rate] of rates.entries()) {
      await admin.query('select app_hidden.set_exchange_rate($1, $2, $3, $4)', [from, to, rate, months[month]])
    }
    listed.push({ from, to, rates: rates.map(decimal) })
  }
  return listed
}

function rateOf(listed: Listed[], currency: string, month: number): Decimal {
  const between = (from: string, to: string): Decimal => {
    if (from === to) return decimal('1')
    const direct = listed.find(entry => entry.from === from && entry.to === to)
    if (direct) return direct.rates[month]!
    return inverse(listed.find(entry => entry.from === to && entry.to === from)!.rates[month]!, 36)
  }
  const rate =
    currencies[currency] === 'euro' ? times(between(currency, 'EUR'), between('EUR', base)) : between(currency, base)
  return round(rate, 18)
}

/** The next 10,000 uses, as one batch; answers how many were not recorded. */
const record = `
  select count(*) filter (where status <> 'recorded')
  from app_public.record_usage_batch((
    select jsonb_agg(jsonb_build_object(
      'idempotency_key', use, 'service', 'proof', 'model', ($2::text[])[1 + use % cardinality($2::text[])],
      'tokens_in', (random() * 200000)::bigint, 'tokens_out', (random() * 20000)::bigint,
      'occurred_at', $3::timestamptz + random() * interval '364 days'))
    from generate_series($1::int + 1, $1::int + 10000) as use
  ))`

type Row = Record<'currency' | 'tokens_in' | 'tokens_out' | 'amount' | 'rate' | 'converted', string> & { month: number }

async function* rowsOf(admin: pg.Pool): AsyncGenerator<Row> {
  const client = await admin.connect()
  try {
    await client.query('begin')
    await client.query(
      `declare reading cursor for
       select currency, tokens_in::text, tokens_out::text, cost::text as amount, coalesce(exchange_rate, 1)::text as rate,
         charged::text as converted, (
           select count(*)::int - 1 from unnest($1::timestamptz[]) as month where month <= occurred_at
         ) as month
       from app_public.usage_records`,
      [months]
    )
    for (;;) {
      const { rows } = await client.query<Row>('fetch 20000 from reading')
      if (rows.length === 0) return
      yield* rows
    }
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** So many digits that look like chance, and are the same each time. */
function digits(seed: number, count: number): string {
  let text = ''
  for (let state = seed + 1; text.length < count;) {
    state = (state * 48271) % 2147483647
    text += String(state % 1000).padStart(3, '0')
  }
  return text.slice(0, count)
}
