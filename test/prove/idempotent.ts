import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openRequest, type Caller } from '../../server/claims.ts'
import { chance } from '../helpers/chance.ts'
import { decimal, equals, plus, show, type Decimal } from '../helpers/decimal.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'
import { tally } from '../helpers/spending.ts'

interface Event {
  idempotency_key: string
  service: string
  model: string
  cost: string
  tokens_in: number
  tokens_out: number
  occurred_at: string | null
}

/** Keys that are kept for a while, as a cache would. */
const forgetful = `
  create function public.forget() returns trigger language plpgsql security definer as $$
  begin
    delete from app_private.idempotency_keys
    where organization_id = new.organization_id and key_hash = new.key_hash
      and created_at < clock_timestamp() - interval '300 milliseconds';
    return new;
  end; $$;
  create trigger forget before insert on app_private.idempotency_keys for each row execute function public.forget();`

const columns = ['idempotency_key', 'service', 'model', 'cost', 'tokens_in', 'tokens_out', 'occurred_at'] as const
const single = `select 'recorded' as status from app_public.record_usage(${columns.map((name, index) => `${name} => $${index + 1}`).join(', ')})`
const batch = 'select status, code from app_public.record_usage_batch($1)'

export default {
  title: 'what is sent three times, alone and in batches, in any order and at the same time, counts once',
  family: 'metering',
  breaks: 'idempotency keys are forgotten after a while',
  async run(tools) {
    const { short, broken, log } = tools
    const [count, size] = short ? [4_000, 100] : [1_000_000, 1_000]
    const database = await tools.database()
    const { admin } = database
    const { asUser, asKey, close } = personas(database)
    tools.keep(close)
    if (broken) await admin.query(forgetful)
    const { id, ids, people } = await found({ admin, asUser }, { owner: 'owner' })
    const { persona } = await foundKey({ admin, asKey }, id, ids.owner)
    for (const unit of ['money', 'requests', 'tokens']) {
      await people.owner(
        "select app_public.create_budget(limit_amount => 99999999999, unit => $1, period => 'total')",
        [unit]
      )
    }

    const events = makeEvents(count)
    const sendings = shuffled(count)
    // One in ten alone, the others together.
    const work: number[][] = []
    const random = chance(2)
    for (let next = 0; next < sendings.length;) {
      const length = random() < 0.1 / (0.1 + 0.9 / size) ? 1 : size
      work.push([...sendings.subarray(next, (next += length))])
    }
    log(`${count} events, three times each, in ${work.length} calls`)

    const answers: Record<string, number> = {}
    let done = 0
    const total = work.length
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = new pg.Client({ connectionString: database.apiUrl })
        await client.connect()
        tools.keep(() => client.end())
        for (let indexes = work.pop(); indexes; indexes = work.pop()) {
          const sent = indexes.map(index => events(index))
          const [sql, values] =
            sent.length === 1 ? [single, columns.map(name => sent[0]![name])] : [batch, [JSON.stringify(sent)]]
          const rows = await request(client, persona.is, sql, values)
          for (const [status, times] of Object.entries(
            tally(rows.map(row => (row['code'] ?? row['status']) as string))
          )) {
            answers[status] = (answers[status] ?? 0) + times
          }
          if (++done % Math.ceil(total / 10) === 0) log(`${done} of ${total} calls`)
        }
      })
    )

    let cost: Decimal = decimal('0')
    let tokens = 0
    for (let index = 0; index < count; index++) {
      const event = events(index)
      cost = plus(cost, decimal(event.cost))
      tokens += event.tokens_in + event.tokens_out
    }
    const { rows: recorded } = await admin.query(
      `select count(*)::int as records, sum(cost)::text as cost, sum(tokens_in + tokens_out)::text as tokens,
         count(distinct id)::int as ids
       from app_public.usage_records where organization_id = $1`,
      [id]
    )
    const { rows: counted } = await admin.query(
      `select unit, sum(settled)::text as settled from app_public.budget_shards
         join app_public.budgets on budgets.id = budget_id where budgets.organization_id = $1 group by unit`,
      [id]
    )
    const counters: Record<string, string> = Object.fromEntries(counted.map(({ unit, settled }) => [unit, settled]))
    // A call alone answers the record, new or not: only batches say which.
    const unexpected = Object.keys(answers).filter(answer => !['recorded', 'repeated'].includes(answer))
    const { records, cost: charged, tokens: used } = recorded[0]
    return {
      passed:
        unexpected.length === 0
        && records === count
        && equals(decimal(charged), cost)
        && Number(used) === tokens
        && equals(decimal(counters['money']!), cost)
        && Number(counters['requests']) === count
        && Number(counters['tokens']) === tokens,
      figures: {
        events: count,
        sent: sendings.length,
        calls: total,
        records,
        expected: { cost: show(cost), tokens },
        recorded: { cost: charged, tokens: Number(used) },
        counters,
        answers
      }
    }
  }
} satisfies Proof

/** Half of them say when they occurred, over the last two months: a key is a key in every month. */
function makeEvents(count: number): (index: number) => Event {
  const now = Date.now()
  const hours = Math.max(1, Math.floor(count / 1440))
  return index => ({
    idempotency_key: `event-${index}`,
    service: 'proof',
    model: `model-${index % 5}`,
    cost: (((index * 7919) % 300_000) / 1e6).toFixed(6),
    tokens_in: (index * 31) % 5000,
    tokens_out: (index * 17) % 700,
    occurred_at: index % 2 ? null : new Date(now - 60_000 - Math.floor(index / hours) * 3_600_000).toISOString()
  })
}

/** Each index three times, in an order of chance. */
function shuffled(count: number): Uint32Array {
  const order = new Uint32Array(3 * count).map((_, place) => place % count)
  const random = chance(1)
  for (let place = order.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1))
    const held = order[place]!
    order[place] = order[other]!
    order[other] = held
  }
  return order
}

/** As the API does it: claims, role, the call. */
async function request(
  client: pg.Client,
  caller: Caller,
  sql: string,
  values: unknown[]
): Promise<Record<string, unknown>[]> {
  await client.query('begin')
  try {
    for (const { text, values } of openRequest(caller, undefined, randomUUID()).statements) {
      await client.query(text, values as unknown[])
    }
    const { rows } = await client.query(sql, values)
    await client.query('commit')
    return rows
  } catch (error) {
    await client.query('rollback')
    return [{ status: (error as Error).message }]
  }
}
