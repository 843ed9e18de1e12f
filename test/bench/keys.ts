import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Bench, BenchTools } from '../helpers/bench.ts'
import { startFleet } from '../helpers/fleet.ts'
import { driveHttp, post } from '../helpers/http-load.ts'
import { foundTenant } from '../helpers/tenants.ts'
import { durable } from '../helpers/throwaway.ts'

const processes = 2
const wanted = 6000

export default {
  title: 'verifying a key over HTTP, with live status, tenant and scopes, against a select by its hash',
  async run(tools) {
    const { admin, apiUrl, url } = await tools.database({ settings: durable })
    // All of it is on, the rate limits too; they are wide enough to refuse nobody.
    for (const scope of ['person', 'tenant', 'global']) {
      await admin.query('select app_hidden.set_rate_limit($1, 1000000, 1000000)', [scope])
    }
    const keys: string[] = []
    for (let n = 0; n < 100; n++) keys.push((await foundTenant({ admin }, `tenant-${n}`)).key)
    await admin.query('vacuum analyze')
    const env = { ROWGATE_RATE_LIMITS: '1', ROWGATE_ADDRESS_RATE: '1000000', ROWGATE_POOL_SIZE: '8' }
    const fleet = await startFleet(tools, apiUrl, processes, env)
    const bare = await Promise.all(Array.from({ length: processes }, () => startBare(tools, url)))

    const requests = keys.map(key =>
      post(
        '/auth/introspect',
        { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        JSON.stringify({ token: key })
      )
    )
    let turn = 0
    const load = { next: () => requests[turn++ % requests.length]!, connections: 32, seconds: tools.short ? 1 : 5 }
    const best = { rowgate: 0, bare: 0 }
    for (let round = 0; round <= (tools.short ? 1 : 6); round++) {
      for (const [name, urls] of [
        ['rowgate', fleet.urls()],
        ['bare', bare]
      ] as const) {
        const rate = await driveHttp({ ...load, urls })
        // The first round warms up.
        tools.log(`round ${round}  ${name}: ${Math.round(rate)}/s`)
        if (round > 0) best[name] = Math.max(best[name], rate)
      }
    }
    return [
      {
        title: `Verifying one of 100 keys, ${processes} processes each, 32 connections; the best of the rounds, because the machine may be shared`,
        rows: [
          { what: 'Express and a select by the hash', rate: best.bare },
          {
            what: 'POST /auth/introspect',
            rate: best.rowgate,
            against: { what: 'the select', rate: best.bare }
          },
          { what: 'the same', rate: best.rowgate, against: { what: 'what is wanted', rate: wanted, atLeast: 1 } }
        ]
      }
    ]
  }
} satisfies Bench

async function startBare({ keep }: BenchTools, databaseUrl: string): Promise<string> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/../helpers/bare-keys.ts`], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      ROWGATE_POOL_SIZE: '8'
    },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = once(child, 'close')
  keep(async () => {
    child.kill('SIGKILL')
    await ended
  })
  for await (const text of child.stdout.setEncoding('utf8')) {
    const found = /listens at (\S+)/.exec(text)?.[1]
    if (found) return found
  }
  throw new Error('The bare server did not start.')
}
