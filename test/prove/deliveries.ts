import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { chance } from '../helpers/chance.ts'
import { startMortalCluster } from '../helpers/fleet.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas, type Persona } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'
import { startReceiver } from '../helpers/receiver.ts'
import { sabotage } from '../helpers/sabotage.ts'
import { startWorkers } from '../helpers/worker-process.ts'

const thresholds = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]

export default {
  title: 'each rule, period and threshold reaches an idempotent receiver once, whatever is killed on the way',
  family: 'alerts',
  breaks: 'jobs of one organization take the same key, and replace each other',
  async run(tools) {
    const { short, broken, log } = tools
    const size = short
      ? { organizations: 2, models: 3, workers: 2, kills: 2, crashes: 1 }
      : { organizations: 10, models: 20, workers: 4, kills: 25, crashes: 5 }
    const cluster = await startMortalCluster(tools)
    const database = await tools.database({ on: cluster })
    const { admin } = database
    const people = personas(database)
    tools.keep(people.close)
    if (broken)
      await sabotage(admin, 'app_hidden.queue_delivery', "concat_ws(':', delivery.id, delivery.resends)", "''")

    const secrets = new Map<string, string>()
    const seen = new Map<string, number>()
    let [repetitions, forged, kills] = [0, 0, 0]
    let workers: Awaited<ReturnType<typeof startWorkers>> | undefined
    const every = Math.ceil((size.organizations * size.models * thresholds.length) / (size.kills * 3))
    const receiver = await startReceiver(async ({ headers, body, path }) => {
      const id = headers['webhook-id'] as string
      try {
        new Webhook(secrets.get(path)!).verify(body, headers as Record<string, string>)
      } catch {
        forged++
      }
      const count = (seen.get(id) ?? 0) + 1
      seen.set(id, count)
      if (count > 1) repetitions++
      // The worst moment: the effect is there, and nobody has noted it.
      else if (seen.size % every === 0 && kills < size.kills) {
        kills++
        await workers!.killAll()
      }
      // Some have to come again, which takes some seconds each.
      return !short && count === 1 && seen.size % 25 === 0 ? 503 : 204
    })
    tools.keep(receiver.close)

    const pots: { key: Persona; model: string }[] = []
    for (let number = 0; number < size.organizations; number++) {
      const { id, ids, people: persons } = await found({ admin, asUser: people.asUser }, { owner: 'owner' })
      const { persona: key } = await foundKey({ admin, asKey: people.asKey }, id, ids.owner)
      const path = `/hook/${number}`
      const { rows } = await persons.owner(
        `select secret, (alert_channel).id from app_public.create_alert_channel('webhook', 'receiver', $1)`,
        [new URL(path, receiver.url).href]
      )
      secrets.set(path, rows[0]!['secret'])
      await persons.owner(
        "select app_public.create_alert_rule('threshold', 'all', $1, channel_ids => array[$2::uuid])",
        [thresholds, rows[0]!['id']]
      )
      for (let n = 0; n < size.models; n++) {
        const model = `model-${n}`
        await persons.owner("select app_public.create_budget(1, model => $1, thresholds => '{}')", [model])
        pots.push({ key, model })
      }
    }
    workers = await startWorkers(tools, database.workerUrl, size.workers)
    log(`${pots.length} budgets, ${size.workers} workers`)

    const steps = pots.flatMap(pot => Array.from({ length: 20 }, (_, step) => ({ ...pot, step })))
    const random = chance(1)
    const order = steps.map(step => ({ step, at: random() })).toSorted((a, b) => a.at - b.at)
    const book = async () => {
      for (let next = order.pop(); next; next = order.pop()) await use(next.step)
    }
    const crash = async () => {
      for (let n = 1; n <= size.crashes; n++) {
        const rest = (steps.length * (size.crashes + 1 - n)) / (size.crashes + 1)
        while (order.length > rest) await pause(5)
        await cluster.crash()
      }
    }
    await Promise.all([crash(), ...Array.from({ length: 4 }, book)])

    const expected = pots.length * thresholds.length
    const deadline = Date.now() + (short ? 10_500 : 400_000)
    const open = async () => {
      const { rows } = await admin.query(
        "select count(*)::int from app_public.alert_deliveries where user_id is null and status = 'pending'"
      )
      return rows[0].count as number
    }
    while (((await open()) > 0 || seen.size < expected) && Date.now() < deadline) await pause(50)
    const { rows } = await admin.query(
      `select count(*)::int as events, count(distinct (rule_id, facts ->> 'budget_id', facts ->> 'threshold'))::int as facts
       from app_public.alert_events`
    )
    const { rows: known } = await admin.query(
      "select id from app_public.alert_deliveries where user_id is null and status = 'delivered'"
    )
    const figures = {
      'times that all workers were killed': kills,
      'PostgreSQL killed': size.crashes,
      crossings: expected,
      alerts: rows[0].events,
      'of one rule, budget and threshold': rows[0].facts,
      'taken by the receiver': seen.size,
      'repetitions that it knew': repetitions,
      'with a wrong signature': forged,
      'not noted as delivered': expected - known.filter(({ id }) => seen.has(id)).length
    }
    return {
      passed:
        rows[0].events === expected
        && rows[0].facts === expected
        && seen.size === expected
        && forged === 0
        && kills === size.kills
        && known.length === expected
        && known.every(({ id }) => seen.has(id)),
      figures
    }
  }
} satisfies Proof

/** Until it is booked: the same key is charged once. */
async function use({ key, model, step }: { key: Persona; model: string; step: number }): Promise<void> {
  for (;;) {
    try {
      await key('select app_public.record_usage($1, $2, $3, $4)', [`${model}-${step}`, 'proof', model, '0.05'])
      return
    } catch (error) {
      // Refusals of ours are answers; what PostgreSQL's end does is not.
      if (/^RG/.test((error as { code?: string }).code ?? '')) throw error
      await pause(20)
    }
  }
}
