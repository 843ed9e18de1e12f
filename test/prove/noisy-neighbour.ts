import { setTimeout as pause } from 'node:timers/promises'
import { startServerProcess } from '../helpers/server-process.ts'
import { foundTenant } from '../helpers/tenants.ts'
import { offer, offerElsewhere, percentile } from '../helpers/offer.ts'
import type { Proof } from '../helpers/proof.ts'

const query = '{ usageRecords(first: 10) { nodes { model cost team { name } } } }'
/** What the noisy one may do in a second, and what it does. */
const limit = 50
const offered = 10 * limit
const quiet = 80

export default {
  title: "one tenant at ten times its limit moves another's p99 by less than 20 %",
  family: 'edge',
  breaks: 'no rate limits',
  async run({ database, keep, log, short, broken }) {
    const db = await database()
    const [neighbour, noisy] = [await foundTenant(db, 'neighbour'), await foundTenant(db, 'noisy')]
    await db.admin.query('select app_hidden.set_rate_limit($1, $2, $2, null, $3)', ['tenant', limit, noisy.id])
    const server = await startServerProcess(db.apiUrl, { ROWGATE_RATE_LIMITS: broken ? '0' : '1' })
    keep(server.stop)
    const [seconds, runs] = short ? [0.8, 3] : [10, 5]
    // Short runs say little on a machine that does other things too, so one that was not disturbed is enough: without limits each is tens
    // of times slower.
    const bound = short ? 10 : 1.2

    const load = (key: string, rate: number, seconds: number) => ({ url: server.url, key, query, rate, seconds })
    log('warming up')
    await Promise.all([
      offer(load(neighbour.key, 200, short ? 1 : 5)),
      offerElsewhere(load(noisy.key, offered, short ? 1 : 5))
    ])

    const ratios: number[] = []
    let refused = 0
    let failed = 0
    const measure = async (noise: boolean) => {
      // The noise first: what is measured is the time after its burst is used up.
      const others = noise ? offerElsewhere(load(noisy.key, offered, seconds + 1)) : undefined
      if (noise) await pause(750)
      const { latencies, statuses } = await offer(load(neighbour.key, quiet * (short ? 2 : 1), seconds))
      failed += Object.entries(statuses).reduce((sum, [status, count]) => sum + (status === '200' ? 0 : count), 0)
      refused += (await others)?.[429] ?? 0
      return percentile(latencies, 0.99)
    }
    for (let run = 0; run < runs; run++) {
      // In turn which comes first, so that a drift of the machine cancels.
      const first = await measure(run % 2 === 1)
      const second = await measure(run % 2 === 0)
      const [without, withNoise] = run % 2 === 0 ? [first, second] : [second, first]
      ratios.push(withNoise / without)
      log(`p99 without ${without.toFixed(1)} ms, with ${withNoise.toFixed(1)} ms`)
    }
    const judged = [...ratios].sort((a, b) => a - b)[short ? 0 : Math.floor(runs / 2)]!
    const figures = { limit, offered, refused, failed, ratios: ratios.map(round), judged: round(judged), bound }
    return { passed: judged < bound && failed === 0 && refused > 0, figures }
  }
} satisfies Proof

const round = (value: number): number => Math.round(value * 1000) / 1000
