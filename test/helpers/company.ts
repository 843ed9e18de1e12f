import type { Database } from './database.ts'
import { found, foundKey } from './organization.ts'
import type { Persona, Personas } from './personas.ts'

/** Whoever spends: an API key of a team that records for a member, so that five budgets apply to everything it does. */
export interface Spender {
  key: string
  keyId: string
  userId: string
  teamId: string
  /** Of the organization, the department, the team, the member and the key. */
  budgets: string[]
  /** The member's credit, if there is one. */
  credit?: string
}

export interface Company {
  id: string
  owner: Persona
  spenders: Spender[]
}

export type Level = 'organization' | 'department' | 'team' | 'member' | 'key'

/** An organization with two departments of two teams each, a member and a key in every team, and a budget on every level. */
export async function foundCompany(
  { admin }: Pick<Database, 'admin'>,
  { asUser, asKey }: Personas,
  limit: (level: Level, index: number) => number | string,
  credits?: { order: 'personal_first' | 'organization_first'; amount(index: number): number | string }
): Promise<Company> {
  const names = { m0: 'member', m1: 'member', m2: 'member', m3: 'member' } as const
  const { id, ids, people } = await found({ admin, asUser }, { owner: 'owner', ...names })
  const { owner } = people
  const create = async (sql: string, ...values: unknown[]): Promise<string> => (await owner(sql, values)).rows[0]!['id']
  const createTeam = (name: string, parent: string | null) =>
    create('select id from app_public.create_team(name => $1, parent_team_id => $2)', name, parent)
  const createBudget = (level: Level, index: number, column?: string, of?: string) =>
    column
      ? create(`select id from app_public.create_budget(limit_amount => $1, ${column} => $2)`, limit(level, index), of)
      : create('select id from app_public.create_budget(limit_amount => $1)', limit(level, index))

  const spenders: Spender[] = []
  const whole = await createBudget('organization', 0)
  for (const half of [0, 1]) {
    const departmentId = await createTeam(`Department ${half}`, null)
    const department = await createBudget('department', half, 'team_id', departmentId)
    for (const index of [2 * half, 2 * half + 1]) {
      const userId = ids[`m${index}` as keyof typeof names]
      const teamId = await createTeam(`Team ${index}`, departmentId)
      const { id: keyId, key } = await foundKey({ admin, asKey }, id, ids.owner, teamId)
      spenders.push({
        key,
        keyId,
        userId,
        teamId,
        budgets: [
          whole,
          department,
          await createBudget('team', index, 'team_id', teamId),
          await createBudget('member', index, 'user_id', userId),
          await createBudget('key', index, 'api_key_id', keyId)
        ]
      })
    }
  }
  if (credits) {
    await owner('select app_public.update_metering(credit_order => $1)', [credits.order])
    for (const [index, spender] of spenders.entries()) {
      spender.credit = await create(
        'select id from app_public.grant_credit($1, $2)',
        spender.userId,
        credits.amount(index)
      )
    }
  }
  return { id, owner, spenders }
}
