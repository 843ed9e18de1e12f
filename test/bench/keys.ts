import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Bench, BenchTools } from '../helpers/bench.ts'
import { processorSeconds } from '../helpers/processor.ts'
import { startFleet } from '../helpers/fleet.ts'
import { driveHttp, get, post } from '../helpers/http-load.ts'
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
    const variants = {
      rowgate: { urls: fleet.urls(), pids: fleet.pids(), login: new URL(apiUrl).username },
      bare: { urls: bare.map(({ url }) => url), pids: bare.map(({ pid }) => pid), login: new URL(url).username }
    }
    /** What server and PostgreSQL have used of the processor for a variant. */
    const used = async ({ pids, login }: (typeof variants)['bare']): Promise<number> => {
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_stat_activity where usename = $1 and datname = current_database() and pid <> pg_backend_pid()`,
        [login]
      )
      return processorSeconds([...pids, ...rows.map(({ pid }) => pid)])
    }

    const asked = {
      rowgate: keys.map(key => get('/v1/key', { authorization: `Bearer ${key}` })),
      bare: keys.map(key =>
        post('/auth/introspect', { 'content-type': 'application/json' }, JSON.stringify({ token: key }))
      )
    }
    let turn = 0
    const load = { connections: 64, seconds: tools.short ? 1 : 5 }
    const best = { rowgate: { rate: 0, perSecond: 0 }, bare: { rate: 0, perSecond: 0 } }
    for (let round = 0; round <= (tools.short ? 1 : 6); round++) {
      for (const name of ['rowgate', 'bare'] as const) {
        const { urls } = variants[name]
        const before = await used(variants[name])
        const rate = await driveHttp({ ...load, urls, next: () => asked[name][turn++ % keys.length]! })
        const perSecond = (rate * load.seconds) / ((await used(variants[name])) - before)
        tools.log(
          `round ${round}  ${name}: ${Math.round(rate)}/s, ${Math.round(perSecond)} in a second of the processor`
        )
        // The first round warms up.
        if (round === 0) continue
        best[name] = {
          rate: Math.max(best[name].rate, rate),
          perSecond: Math.max(best[name].perSecond, perSecond)
        }
      }
    }
    return [
      {
        title: `Verifying one of 100 keys, ${processes} processes each, 64 connections; the best of the rounds, because the machine may be shared`,
        rows: [
          { what: 'Express and a select by the hash', rate: best.bare.rate },
          {
            what: 'GET /v1/key',
            rate: best.rowgate.rate,
            against: { what: 'the select', rate: best.bare.rate }
          },
          { what: 'the same', rate: best.rowgate.rate, against: { what: 'what is wanted', rate: wanted, atLeast: 1 } }
        ]
      },
      {
        title:
          'The same in a second of the processor, of server and PostgreSQL together: what neighbours use is not in it',
        rows: [
          { what: 'Express and a select by the hash', rate: best.bare.perSecond },
          {
            what: 'GET /v1/key',
            rate: best.rowgate.perSecond,
            against: { what: 'the select', rate: best.bare.perSecond }
          }
        ]
      }
    ]
  }
} satisfies Bench

async function startBare({ keep }: BenchTools, databaseUrl: string): Promise<{ url: string; pid: number }> {
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
    if (found) return { url: found, pid: child.pid! }
  }
  throw new Error('The bare server did not start.')
}
