import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import type { Bench } from '../helpers/bench.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { startReceiver } from '../helpers/receiver.ts'
import { durable } from '../helpers/throwaway.ts'
import { workerConfig } from '../helpers/worker.ts'

export default {
  title: 'how long after the commit that crosses a threshold its webhook arrives',
  async run(tools) {
    const database = await tools.database({ settings: durable })
    const { admin } = database
    const people = personas(database)
    tools.keep(people.close)
    const { id, ids, people: persons } = await found({ admin, asUser: people.asUser }, { owner: 'owner' })
    const { persona: key } = await foundKey({ admin, asKey: people.asKey }, id, ids.owner)
    const arrived = new Map<string, number>()
    const receiver = await startReceiver(({ body }) => {
      const { budget_id, threshold } = JSON.parse(body).data
      arrived.set(`${budget_id} ${threshold}`, performance.now())
      return 204
    })
    tools.keep(receiver.close)
    const { rows } = await persons.owner(
      "select (alert_channel).id from app_public.create_alert_channel('webhook', 'receiver', $1)",
      [receiver.url]
    )
    const thresholds = Array.from({ length: 20 }, (_, n) => (n + 1) * 5)
    await persons.owner("select app_public.create_alert_rule('threshold', 'all', $1, channel_ids => array[$2::uuid])", [
      thresholds,
      rows[0]!['id']
    ])
    const worker = await startWorker(workerConfig(database, { concurrency: 5 }), pino({ level: 'silent' }))
    tools.keep(worker.close)

    const waits: number[] = []
    const budgets = tools.short ? 3 : 50
    for (let number = 0; number < budgets; number++) {
      const budget = await persons.owner(
        "select id from app_public.create_budget(1, model => $1, thresholds => '{}')",
        [`model-${number}`]
      )
      const committed = new Map<string, number>()
      for (const threshold of thresholds) {
        await key('select app_public.record_usage($1, $2, $3, $4)', [
          `${number} ${threshold}`,
          'bench',
          `model-${number}`,
          '0.05'
        ])
        committed.set(`${budget.rows[0]!['id']} ${threshold}`, performance.now())
        await pause(20)
      }
      while (![...committed.keys()].every(crossing => arrived.has(crossing))) await pause(5)
      // A worker that has just started does not listen yet.
      if (number > 0) for (const [crossing, at] of committed) waits.push(Math.max(0, arrived.get(crossing)! - at))
    }
    const sorted = waits.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
    // Printed as rates, which is what the tables hold: the aim is less than a second, at least one in it.
    const row = (what: string, ms: number) => ({
      what: `${what}: ${ms.toFixed(1)} ms`,
      rate: 1000 / Math.max(ms, 0.1),
      against: { what: 'one second', rate: 1, atLeast: 1 }
    })
    return [
      {
        title: `from commit to webhook, ${sorted.length} alerts of one organization`,
        rows: [row('median', at(0.5)), row('p99', at(0.99)), row('slowest', at(1))]
      }
    ]
  }
} satisfies Bench
