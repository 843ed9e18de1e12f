import { insist } from '../helpers/client.ts'
import type { Fleet } from '../helpers/fleet.ts'
import { found, foundKey } from '../helpers/organization.ts'
import type { Proof } from '../helpers/proof.ts'
import { sabotage } from '../helpers/sabotage.ts'
import { resultOf } from '../helpers/spending.ts'
import { turmoil } from '../helpers/turmoil.ts'

const thresholds = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]

/** A budget for one model of one organization, and how it is spent. */
interface Pot {
  key: string
  model: string
  budgetId: string
}

export default {
  title: 'every threshold that is crossed is announced once, in the transaction that crosses it',
  family: 'metering',
  breaks: 'the next threshold is no barrier for what is lent out',
  async run(tools) {
    const { short, broken, log } = tools
    const [organizations, models] = short ? [2, 6] : [20, 50]
    const { database, fleet, stage, acts, kills, crashes } = await turmoil(tools, {
      ...(short
        ? { clients: 12, processes: 2, kills: 2, crashes: 1 }
        : { clients: 16, processes: 4, kills: 60, crashes: 6 }),
      async set({ admin }, { asUser, asKey }) {
        // Whoever finds room takes it, and passes the threshold without a word.
        if (broken) await sabotage(admin, 'app_hidden.announce_crossings', 'return at_amount;', "return 'Infinity';")
        const pots: Pot[] = []
        for (let organization = 0; organization < organizations; organization++) {
          const { id, ids, people } = await found(
            { admin, asUser },
            { owner: 'owner', admin: 'admin', member: 'member' }
          )
          const { key } = await foundKey({ admin, asKey }, id, ids.owner)
          for (let number = 0; number < models; number++) {
            const { rows } = await people.owner(
              'select id from app_public.create_budget(limit_amount => 1, model => $1, thresholds => $2)',
              [`model-${number}`, thresholds]
            )
            pots.push({ key, model: `model-${number}`, budgetId: rows[0]!['id'] })
          }
        }
        return pots
      },
      async act(fleet, pots, member, turn, random) {
        const pot = random.pick(pots)
        const cost = random.amount(0.1)
        const key = `${member}-${turn}`
        if (random() < 0.5) return insist(() => record(fleet, pot, key, cost))
        const held = await insist(() => authorize(fleet, pot, key, cost))
        return (
          held.code === 'done'
          && insist(() => fleet.mutate(pot.key, 'settleUsage', { holdId: resultOf(held).id, cost }))
        )
      }
    })

    const { admin } = database
    log('filling every budget to the last cent')
    const left = [...stage]
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let pot = left.pop(); pot; pot = left.pop()) {
          const { rows } = await admin.query(
            `select trim_scale(1 - coalesce(sum(charged), 0))::text as rest from app_public.usage_records
             where model = $1 and organization_id = (select organization_id from app_public.budgets where id = $2)`,
            [pot.model, pot.budgetId]
          )
          await insist(() => record(fleet, pot!, `rest ${pot!.model}`, rows[0].rest))
        }
      })
    )
    const { rows } = await admin.query(
      `select alerts.budget_id, threshold, settled >= limit_amount * threshold / 100 as reached,
         exists (
           select from app_public.usage_records as records
           where records.organization_id = alerts.organization_id and records.xmin = alerts.xmin
         ) as together,
         (
           select array_agg(deliveries.user_id)
           from app_public.alert_events as events
             join app_public.alert_deliveries as deliveries on deliveries.event_id = events.id
             join graphile_worker._private_jobs as job on job.payload ->> 'delivery_id' = deliveries.id::text
           where events.xmin = alerts.xmin and events.facts ->> 'budget_id' = alerts.budget_id::text
             and (events.facts ->> 'threshold')::int = alerts.threshold
         ) as told
       from app_public.budget_alerts as alerts`
    )
    const seen = new Set(rows.map(({ budget_id, threshold }) => `${budget_id} ${threshold}`))
    const expected = stage.length * thresholds.length
    const figures = {
      'API processes killed': kills,
      'PostgreSQL killed': crashes,
      uses: acts,
      crossings: expected,
      announced: rows.length,
      missing: expected - seen.size,
      double: rows.length - seen.size,
      'announced below the threshold': rows.filter(({ reached }) => !reached).length,
      'announced in another transaction than the use': rows.filter(({ together }) => !together).length,
      // The owner and the admin; not the member.
      'not told to each of two people once': rows.filter(({ told }) => told?.length !== 2 || told[0] === told[1]).length
    }
    return {
      passed:
        rows.length === expected
        && seen.size === expected
        && rows.every(
          ({ reached, together, told }) => reached && together && told?.length === 2 && told[0] !== told[1]
        ),
      figures
    }
  }
} satisfies Proof

const record = (fleet: Fleet, { key, model }: Pot, idempotencyKey: string, cost: string) =>
  fleet.mutate(key, 'recordUsage', { idempotencyKey, service: 'proof', model, cost })

const authorize = (fleet: Fleet, { key, model }: Pot, idempotencyKey: string, cost: string) =>
  fleet.mutate(key, 'authorizeUsage', { idempotencyKey, service: 'proof', model, cost, holdSeconds: 3600 })
