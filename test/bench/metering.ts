import { alternate, type Bench, type BenchTools, type Table } from '../helpers/bench.ts'
import type { Database } from '../helpers/database.ts'
import { pgbench, type Load } from '../helpers/load.ts'
import { found } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { durable } from '../helpers/throwaway.ts'

/** What a budget is without parts: one row that everybody waits for. */
const oneRow = `
  create or replace function app_hidden.charge(
    organization_id uuid, budget_id uuid, starts_at timestamptz, settled_more numeric, held_more numeric,
    shards int, forced text default null, usage_record_id uuid default null
  ) returns void language plpgsql volatile as $$
  begin
    update app_public.budget_shards as part
    set settled = part.settled + charge.settled_more, held = part.held + charge.held_more,
      room = part.room - charge.settled_more - charge.held_more
    where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
      and part.starts_at = charge.starts_at and part.shard = 0 and part.room >= charge.settled_more + charge.held_more;
    if not found then
      perform app_hidden.refuse('BUDGET_EXCEEDED');
    end if;
  end; $$;`

const row = (organization: string, person: string, source = '') => `
  insert into app_public.usage_records
    (id, organization_id, team_id, user_id, api_key_id, service, model, requests, tokens_in, tokens_out, cost, currency,
      pricing, exchange_rate, charged, charged_currency, occurred_at)
  select app_hidden.uuid_v7(), ${organization}, null, ${person}, null, 'openai', 'gpt-5', 1, 1000, 200, 0.00325, 'USD',
    'computed', null, 0.00325, 'USD', now() ${source}`
const prices = `
  select app_hidden.set_list_prices('openai', 'gpt-5', 'USD', '[
    {"unit": "input_token", "price": "0.00000125"}, {"unit": "output_token", "price": "0.00001"}]', '2000-01-01T00:00Z')`
const record = `
  select app_public.record_usage(gen_random_uuid()::text, 'openai', 'gpt-5', tokens_in => 1000, tokens_out => 200)`
const script = (...statements: string[]) => statements.map(sql => `${sql.replaceAll('\n', ' ').trim()};`).join('\n')

export default {
  title: 'recording usage against a bare insert of the same row, a budget in one row, and insert … select',
  async run(tools) {
    const cluster = await tools.cluster({ settings: durable })
    const whole = await tools.database({ on: cluster, name: 'whole' })
    const single = await tools.database({ on: cluster, name: 'single' })
    const crowded = await tools.database({ on: cluster, name: 'crowded' })
    await single.admin.query(oneRow)
    const hot = await furnish(tools, whole, 1)
    const row = await furnish(tools, single, 1)
    await furnish(tools, crowded, tools.short ? 50 : 1000)
    return [await hotTenant(tools, hot, row), await spread(tools, crowded), await batches(tools, hot)]
  }
} satisfies Bench

interface Tenant {
  url: string
  /** Claims stand in the connection's options: what is measured is the statement alone. */
  options: Record<string, string>
  id: string
  person: string
}

/** Organizations with a blocking budget each, listed in public.tenants; answers the last. */
async function furnish(tools: BenchTools, database: Database, count: number): Promise<Tenant> {
  const { admin, url } = database
  const { asUser, close } = personas(database)
  tools.keep(close)
  await admin.query(prices)
  await admin.query('create table public.tenants (number int primary key, id uuid, person uuid)')
  let tenant: Tenant | undefined
  for (let number = 1; number <= count; number++) {
    const { id, ids, people } = await found({ admin, asUser }, { owner: 'owner' })
    await people.owner('select app_public.create_budget(limit_amount => 99999999999)')
    await admin.query('insert into public.tenants values ($1, $2, $3)', [number, id, ids.owner])
    tenant = {
      url,
      id,
      person: ids.owner,
      options: { 'rowgate.organization_id': id, 'rowgate.user_id': ids.owner, ...rights }
    }
  }
  await admin.query('vacuum analyze')
  return tenant!
}

/** What resolve_request would have made of an owner. */
const rights = { 'rowgate.open': 'true', 'rowgate.permissions': '\\ usage:record\\ usage:record_all\\ ' }

const load = ({ short }: BenchTools, { url, options }: Pick<Tenant, 'url' | 'options'>, connections = 64): Load => ({
  url,
  options,
  connections,
  seconds: short ? 4 : 8
})

async function hotTenant(tools: BenchTools, hot: Tenant, single: Tenant): Promise<Table> {
  const slow = (tenant: Tenant): Tenant => ({
    ...tenant,
    options: { ...tenant.options, commit_delay: '1000', commit_siblings: '0' }
  })
  // The first minutes are for the budget to find how many parts it needs.
  await pgbench(script(record), load(tools, hot))
  const rates = await alternate(tools, tools.short ? 1 : 5, {
    insert: () => pgbench(script(row(`'${hot.id}'`, `'${hot.person}'`)), load(tools, hot)),
    record: () => pgbench(script(record), load(tools, hot)),
    single: () => pgbench(script(record), load(tools, single)),
    'record, slow commit': () => pgbench(script(record), load(tools, slow(hot))),
    'single, slow commit': () => pgbench(script(record), load(tools, slow(single)))
  })
  const one = 'a budget in one row'
  return {
    title: 'One organization, one blocking budget, 64 connections',
    rows: [
      { what: 'bare insert', rate: rates.insert },
      { what: one, rate: rates.single },
      { what: 'record_usage', rate: rates.record, against: { what: 'bare insert', rate: rates.insert, atLeast: 0.5 } },
      { what: 'record_usage', rate: rates.record, against: { what: one, rate: rates.single, atLeast: 5 } },
      {
        what: 'record_usage, 1 ms commit delay',
        rate: rates['record, slow commit'],
        against: { what: `${one}, 1 ms commit delay`, rate: rates['single, slow commit'], atLeast: 15 }
      }
    ]
  }
}

async function spread(tools: BenchTools, { url, admin }: Database): Promise<Table> {
  const { rows } = await admin.query('select max(number) as count from public.tenants')
  // Both do this first, so that it weighs the same. A colon would begin a variable of pgbench.
  const choose = [
    `\\set number random(1, ${rows[0].count})`,
    `select set_config('rowgate.organization_id', id::text, false), set_config('rowgate.user_id', person::text, false),
      set_config('rowgate.open', 'true', false), set_config('rowgate.permissions', replace(' usage.record usage.record_all ', '.', chr(58)), false)
     from public.tenants where number = :number;`.replaceAll('\n', ' ')
  ].join('\n')
  const insert = `${choose}\n${script(row('id', 'person', 'from public.tenants where number = :number'))}`
  const rates = await alternate(tools, tools.short ? 1 : 5, {
    insert: () => pgbench(insert, load(tools, { url, options: {} })),
    record: () => pgbench(`${choose}\n${script(record)}`, load(tools, { url, options: {} }))
  })
  return {
    title: `Spread over ${rows[0].count} organizations, 64 connections`,
    rows: [
      { what: 'bare insert', rate: rates.insert },
      { what: 'record_usage', rate: rates.record, against: { what: 'bare insert', rate: rates.insert, atLeast: 0.6 } }
    ]
  }
}

async function batches(tools: BenchTools, hot: Tenant): Promise<Table> {
  const size = 1000
  const events = `(
    select jsonb_agg(jsonb_build_object('idempotency_key', gen_random_uuid(), 'service', 'openai', 'model', 'gpt-5',
      'tokens_in', 1000, 'tokens_out', 200))
    from generate_series(1, ${size}))`
  const two = load(tools, hot, 2)
  const rates = await alternate(tools, tools.short ? 1 : 5, {
    events: () => pgbench(script(`select jsonb_array_length(${events})`), two),
    select: () => pgbench(script(row(`'${hot.id}'`, `'${hot.person}'`, `from generate_series(1, ${size})`)), two),
    batch: () => pgbench(script(`select count(*) from app_public.record_usage_batch(${events})`), two)
  })
  // What it takes to write the events down is no part of recording them.
  const batch = size / (1 / rates.batch - 1 / rates.events)
  return {
    title: `Batches of ${size} events, 2 connections; the time that the JSON takes to be made is taken off`,
    rows: [
      { what: 'insert … select', rate: rates.select * size },
      {
        what: 'record_usage_batch',
        rate: batch,
        against: { what: 'insert … select', rate: rates.select * size, atLeast: 0.4 }
      },
      { what: 'record_usage_batch', rate: batch, against: { what: '50,000 events/s', rate: 50_000, atLeast: 1 } }
    ]
  }
}
