import type pg from 'pg'
import type { Answer } from './client.ts'
import { insist, Unanswered } from './client.ts'
import type { Company, Spender } from './company.ts'
import type { Fleet } from './fleet.ts'

const subject = { service: 'proof', model: 'proof' }

export const record = (fleet: Fleet, { key, userId }: Spender, idempotencyKey: string, cost: string) =>
  fleet.mutate(key, 'recordUsage', { ...subject, idempotencyKey, cost, userId })

export const authorize = (
  fleet: Fleet,
  { key, userId }: Spender,
  idempotencyKey: string,
  cost: string,
  holdSeconds: number
) => fleet.mutate(key, 'authorizeUsage', { ...subject, idempotencyKey, cost, userId, holdSeconds })

export const settle = (fleet: Fleet, { key }: Spender, holdId: string, cost: string) =>
  fleet.mutate(key, 'settleUsage', { holdId, cost })

export const release = (fleet: Fleet, { key }: Spender, holdId: string) => fleet.mutate(key, 'releaseUsage', { holdId })

export const recordLate = (
  fleet: Fleet,
  { key, userId }: Spender,
  idempotencyKey: string,
  cost: string,
  hours: number
) =>
  fleet.mutate(key, 'recordUsage', {
    idempotencyKey,
    service: 'proof',
    model: 'proof',
    userId,
    cost,
    occurredAt: new Date(Date.now() - hours * 3_600_000).toISOString()
  })

export const correct = (fleet: Fleet, { key }: Spender, usageRecordId: string, idempotencyKey: string, cost: string) =>
  fleet.mutate(key, 'correctUsage', { usageRecordId, idempotencyKey, cost })

export const resultOf = (answer: Answer): any => (answer as { result: unknown }).result

/** What somebody spent who asks once, and is gone when there is no answer. */
export async function once(work: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Unanswered) return undefined
    throw error
  }
}

/** What each budget of a company has room for by what was recorded, and nothing else: the counters are not asked. */
export async function roomByLedger(admin: pg.Pool, { id }: Pick<Company, 'id'>): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ id: string; room: string }>(
    `with recursive below as (
       select id as top, id from app_public.teams where organization_id = $1
       union all
       select below.top, teams.id from below join app_public.teams on teams.parent_team_id = below.id
     )
     select budgets.id, trim_scale(budgets.limit_amount - coalesce(sum(records.charged), 0))::text as room
     from app_public.budgets
       left join app_public.usage_records as records on records.organization_id = budgets.organization_id
         and (budgets.kind = 'credit') = exists (
           select from app_private.credit_uses where subject_id = coalesce(records.hold_id, records.corrects_id, records.id)
         )
         and case budgets.level
         when 'organization' then true
         when 'team' then records.team_id in (select below.id from below where below.top = budgets.team_id)
         when 'member' then records.user_id = budgets.user_id
         else records.api_key_id = budgets.api_key_id
       end
     where budgets.organization_id = $1
     group by budgets.id`,
    [id]
  )
  return new Map(rows.map(({ id, room }) => [id, room]))
}

/** What the API says each budget has left. */
export async function roomByStatus({ owner }: Pick<Company, 'owner'>): Promise<Map<string, string>> {
  const { rows } = await owner('select budget_id, trim_scale(remaining)::text as room from app_public.budget_status()')
  return new Map(rows.map(({ budget_id, room }) => [budget_id, room]))
}

/** How many of a company's spenders get exactly what the ledger leaves them, and not a trillionth more. */
export async function exactSpenders(admin: pg.Pool, fleet: Fleet, company: Company): Promise<number> {
  let exact = 0
  for (const spender of company.spenders) {
    const rooms = await roomByLedger(admin, company)
    const rest = spender.budgets.map(id => rooms.get(id)!).sort((a, b) => Number(a) - Number(b))[0]!
    if (Number(rest) < 0) continue
    const over = await insist(() => record(fleet, spender, `over-${spender.keyId}`, plusLittle(rest)))
    const fits = await insist(() => record(fleet, spender, `rest-${spender.keyId}`, rest))
    if (over.code === 'BUDGET_EXCEEDED' && fits.code === 'done') exact++
  }
  return exact
}

/** Whether the organization's counter and its members' credits together are all that was recorded, each use once; and both paid. */
export async function unequalBooks(admin: pg.Pool, { id }: Pick<Company, 'id'>): Promise<number> {
  const { rows } = await admin.query(
    `select sum(settled) = (select sum(charged) from app_public.usage_records where organization_id = $1)
       and min(settled) > 0 as equal
     from (
       select budgets.kind, sum(parts.settled) as settled
       from app_public.budgets join app_public.budget_shards as parts on parts.budget_id = budgets.id
       where budgets.organization_id = $1 and (budgets.kind = 'credit' or budgets.level = 'organization')
       group by budgets.kind
     ) as sources`,
    [id]
  )
  return rows[0].equal ? 0 : 1
}

/** All amounts of proofs have six decimals. */
const plusLittle = (amount: string): string => {
  const [whole, fraction = ''] = amount.split('.')
  return `${whole}.${fraction.padEnd(11, '0')}1`
}

export function tally(words: (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word ?? 'no answer'] = (counts[word ?? 'no answer'] ?? 0) + 1
  return counts
}
