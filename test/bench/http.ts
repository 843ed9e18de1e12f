import { createHash, randomUUID } from 'node:crypto'
import { alternate, type Bench, type Row, type Table } from '../helpers/bench.ts'
import { driveHttp, post } from '../helpers/http-load.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { startProxy } from '../helpers/proxy.ts'
import { rivalTables, startRival } from '../helpers/rival.ts'
import { startServerProcess } from '../helpers/server-process.ts'
import { durable } from '../helpers/throwaway.ts'

const pool = 20
const body = () =>
  JSON.stringify({
    idempotency_key: randomUUID(),
    service: 'openai',
    model: 'gpt-5',
    tokens_in: 1000,
    tokens_out: 200
  })

export default {
  title: 'recording usage over HTTP, against Express and Knex with the budget in one row',
  async run(tools) {
    const database = await tools.database({ settings: durable })
    const { admin } = database
    const { asUser, asKey, close } = personas(database)
    tools.keep(close)
    const { id, ids } = await found({ admin, asUser }, { owner: 'owner' }, 99_999_999_999)
    const { key } = await foundKey({ admin, asKey }, id, ids.owner)
    await admin.query(`select app_hidden.set_list_prices('openai', 'gpt-5', 'USD', '[
      {"unit": "input_token", "price": "0.00000125"}, {"unit": "output_token", "price": "0.00001"}]', '2000-01-01T00:00Z')`)
    await admin.query(rivalTables)
    await admin.query('insert into rival.budgets values ($1, 0, 99999999999)', [id])
    await admin.query('insert into rival.keys values ($1, $2)', [createHash('sha256').update(key).digest(), id])

    const ways = [await startProxy(database.apiUrl), await startProxy(database.url)] as const
    ways.forEach(way => tools.keep(way.stop))
    const api = await startServerProcess(ways[0].url, {
      ROWGATE_RATE_LIMITS: '0',
      ROWGATE_POOL_SIZE: String(pool),
      LOG_LEVEL: 'silent'
    })
    tools.keep(api.stop)
    const rival = await startRival(tools, ways[1].url, pool)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const drive = (url: string, path: string) => () =>
      driveHttp({
        urls: [url],
        next: () => post(path, headers, body()),
        connections: 64,
        seconds: tools.short ? 4 : 10
      })
    const variants = { rowgate: drive(api.url, '/v1/usage'), knex: drive(rival, '/usage') }
    for (const warmUp of Object.values(variants)) await warmUp()

    const tables: Table[] = []
    for (const [milliseconds, atLeast] of [
      [0, 2],
      [1, 8]
    ] as const) {
      // Each way takes so long: an answer comes after twice that.
      ways.forEach(way => way.delay(milliseconds))
      const rates = await alternate(tools, tools.short ? 1 : 5, variants)
      const against = { what: 'Express and Knex', rate: rates.knex, atLeast }
      const rows: Row[] = [
        { what: 'Express and Knex', rate: rates.knex },
        { what: 'POST /v1/usage', rate: rates.rowgate, against }
      ]
      tables.push({
        title: `One organization, 64 clients, ${milliseconds} ms between API and database, pools of ${pool}`,
        rows
      })
    }
    return tables
  }
} satisfies Bench
