import { setTimeout as pause } from 'node:timers/promises'
import { insist } from '../helpers/client.ts'
import { foundCompany } from '../helpers/company.ts'
import type { Proof } from '../helpers/proof.ts'
import {
  authorize,
  exactSpenders,
  once,
  release,
  resultOf,
  roomByLedger,
  roomByStatus,
  settle
} from '../helpers/spending.ts'
import { turmoil } from '../helpers/turmoil.ts'

/** A hold that only ends when somebody ends it. */
const forever = `
  create or replace function app_hidden.expired_holds(organization_id uuid, budget_id uuid, starts_at timestamptz) returns numeric
  language plpgsql stable as $$ begin return 0; end; $$;
  create or replace function app_hidden.end_holds(organization_id uuid, budget_id uuid, starts_at timestamptz) returns numeric
  language plpgsql volatile as $$ begin return 0; end; $$;`

export default {
  title: 'whatever dies in the middle of it, after the hold time every budget has what its ledger leaves',
  family: 'metering',
  breaks: 'holds do not expire by themselves',
  async run(tools) {
    const { short, broken, log } = tools
    const holdSeconds = short ? 2 : 5
    let left = 0
    const {
      database,
      fleet,
      stage: company,
      acts,
      kills,
      crashes
    } = await turmoil(tools, {
      ...(short
        ? { clients: 12, processes: 2, kills: 2, crashes: 1 }
        : { clients: 16, processes: 4, kills: 200, crashes: 20 }),
      async set(database, people) {
        if (broken) await database.admin.query(forever)
        return foundCompany(database, people, (_, index) => 1_000_000 + index)
      },
      async act(fleet, { spenders }, member, turn, random) {
        const spender = spenders[member % 4]!
        // Half of them do not come back when there is no answer.
        const patient = random() < 0.5 ? insist : once
        const cost = random.amount(0.3)
        const held = await patient(() => authorize(fleet, spender, `${member}-${turn}`, cost, holdSeconds))
        const next = random()
        if (held?.code !== 'done' || next < 0.2) {
          left++
          return
        }
        const { id } = resultOf(held)
        await patient(() => (next < 0.6 ? settle(fleet, spender, id, cost) : release(fleet, spender, id)))
      }
    })

    const { admin } = database
    const open = 'select count(*)::int as count from app_public.usage_holds where expires_at > clock_timestamp()'
    log('waiting for the last hold to expire')
    while ((await admin.query(open)).rows[0].count > 0) await pause(100)
    const { rows } = await admin.query('select count(*)::int as count from app_private.hold_lines where open')
    const byLedger = await roomByLedger(admin, company)
    const byStatus = await roomByStatus(company)
    const differing = [...byLedger].filter(([id, room]) => byStatus.get(id) !== room)
    const exact = await exactSpenders(admin, fleet, company)
    return {
      passed: byLedger.size === 15 && differing.length === 0 && exact === 4 && rows[0].count > 0,
      figures: {
        'API processes killed': kills,
        'PostgreSQL killed': crashes,
        uses: acts,
        'left without an end by their client': left,
        'holds on a budget that nobody ended': rows[0].count,
        budgets: byLedger.size,
        'budgets with other room than the ledger leaves': differing.length,
        ...(differing.length > 0 && {
          example: { ledger: differing[0]![1], available: byStatus.get(differing[0]![0]) }
        }),
        'spenders who could spend exactly the rest': `${exact} of 4`
      }
    }
  }
} satisfies Proof
