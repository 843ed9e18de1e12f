import type pg from 'pg'
import { openRequest } from '../../server/claims.ts'
import { median, type Bench, type BenchTools, type Table } from '../helpers/bench.ts'
import { found } from '../helpers/organization.ts'
import { personas, type Persona } from '../helpers/personas.ts'
import { rollUp } from '../helpers/rolled.ts'
import { durable } from '../helpers/throwaway.ts'

const days = 60
/** Of one transaction, as many as a large batch has. */
const batch = 10_000

const insert = `
  insert into app_public.usage_records (organization_id, team_id, user_id, api_key_id, service, model, tokens_in, tokens_out, cost, currency,
    charged, charged_currency, occurred_at)
  select $1, $2, $3, null, 'openai', 'model-' || n % 8, n % 5000, n % 700, n % 97 / 1000.0, 'USD', n % 97 / 1000.0, 'USD',
    now() - (n::float8 / $6) * interval '${days} days'
  from generate_series($4::int, $5::int) as n`

const breakdown = `
  select * from app_public.usage_timeseries(now() - interval '30 days', now(), 'day', 'model')`
/** The same from the records alone. */
const scan = `
  select date_trunc('day', occurred_at, 'UTC'), model, count(*), sum(requests), sum(tokens_in), sum(tokens_out), sum(charged)
  from app_public.usage_records
  where occurred_at >= date_trunc('day', now() - interval '30 days', 'UTC')
  group by 1, 2`

export default {
  title:
    'a month of usage by model and day against the scan of its records, among other tenants; rolling up against its arrival',
  async run(tools) {
    const rows = tools.short ? 60_000 : 1_000_000
    const others = tools.short ? 3 : 9
    const database = await tools.database({ settings: durable })
    const people = personas(database)
    tools.keep(people.close)
    const company = await found({ admin: database.admin, asUser: people.asUser }, { owner: 'owner', member: 'member' })
    await record(tools, database.admin, company.id, company.ids.owner, rows)
    const rolling = await timed(() => rollUp(database.admin, company.id))
    await database.admin.query('vacuum analyze')
    const alone = await measure(tools, database.apiUrl, company.people.owner)
    for (let other = 0; other < others; other++) {
      const { id, ids } = await found({ admin: database.admin, asUser: people.asUser }, { owner: 'owner' })
      await record(tools, database.admin, id, ids.owner, rows)
      await rollUp(database.admin, id)
    }
    await database.admin.query('vacuum analyze')
    const among = await measure(tools, database.apiUrl, company.people.owner)
    const second = (milliseconds: number) => 1000 / milliseconds
    return [
      {
        title: `a month by model and day, of one tenant with ${rows} records; 95th percentile ${among.slow.toFixed(2)} ms`,
        rows: [
          {
            what: 'from the sums',
            rate: second(among.usual),
            against: { what: 'the scan of its records', rate: second(among.scan), atLeast: 100 }
          },
          {
            what: `95th percentile, among ${others + 1} tenants`,
            rate: second(among.slow),
            against: { what: '10 ms', rate: 100, atLeast: 1 }
          },
          {
            what: `among ${others + 1} tenants`,
            rate: second(among.usual),
            against: { what: 'alone', rate: second(alone.usual), atLeast: 0.8 }
          }
        ]
      },
      {
        title: 'rolling up',
        rows: [
          {
            what: 'records, on one core',
            rate: (rows / rolling) * 1000,
            against: { what: '20,000 events a second', rate: 20_000, atLeast: 1 }
          },
          {
            what: 'records, on one core',
            rate: (rows / rolling) * 1000,
            against: { what: '1,000 events a second on a tenth of it', rate: 10_000, atLeast: 1 }
          }
        ]
      }
    ] satisfies Table[]
  }
} satisfies Bench

async function record({ log }: BenchTools, admin: pg.Pool, id: string, person: string, rows: number): Promise<void> {
  const { rows: teams } = await admin.query(
    "insert into app_public.teams (organization_id, name) values ($1, 'Team') returning id",
    [id]
  )
  for (let from = 1; from <= rows; from += batch) {
    await admin.query(insert, [id, teams[0].id, person, from, Math.min(rows, from + batch - 1), rows])
  }
  log(`${rows} records of a tenant`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** How long the questions take in the database, in milliseconds: as PostgreSQL says, so without the network and this process. */
async function measure({ short, keep }: BenchTools, apiUrl: string, owner: Persona) {
  const { default: pg } = await import('pg')
  // As the API connects.
  const client = new pg.Client({ connectionString: apiUrl, options: '-c jit=off' })
  await client.connect()
  keep(() => client.end())
  const ask = async (sql: string): Promise<number> => {
    await client.query('begin')
    for (const { text, values } of openRequest(owner.is, undefined, '00000000-0000-0000-0000-000000000000')
      .statements) {
      await client.query(text, values as unknown[])
    }
    const { rows } = await client.query(`explain (analyze, timing off, format json) ${sql}`)
    await client.query('rollback')
    const plan = rows[0]['QUERY PLAN'][0]
    return plan['Planning Time'] + plan['Execution Time']
  }
  const times = async (sql: string, count: number) => {
    await ask(sql)
    const all: number[] = []
    for (let n = 0; n < count; n++) all.push(await ask(sql))
    return all.sort((a, b) => a - b)
  }
  const sums = await times(breakdown, short ? 40 : 400)
  const scans = await times(scan, short ? 3 : 9)
  return { usual: median(sums), slow: sums[Math.floor(sums.length * 0.95)]!, scan: median(scans) }
}
