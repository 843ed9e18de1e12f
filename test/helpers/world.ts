import { createHash, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'

/** All that a key can have, as SQL. */
export const keyScopes = "(select array_agg(permission) from app_public.role_permissions where role = 'api_key')"

/**
 * Two organizations, so that every test has a stranger: Acme with one person for each role, a team tree
 * (engineering > backend, and sales beside it), a budget, an API key and usage; and Other, with the same of its own.
 */
export type World = Awaited<ReturnType<typeof makeWorld>>

export async function makeWorld({ admin }: Database) {
  const insert = async (sql: string, ...values: unknown[]): Promise<string> =>
    (await admin.query(sql, values)).rows[0].id

  const user = (name: string) =>
    insert("insert into app_public.users (email, name) values ($1 || '@example.com', $1) returning id", name)
  const organization = (slug: string) =>
    insert('insert into app_public.organizations (name, slug) values ($1, $1) returning id', slug)
  const member = (organizationId: string, userId: string, role: string) =>
    insert(
      'insert into app_public.members (organization_id, user_id, role) values ($1, $2, $3) returning id',
      organizationId,
      userId,
      role
    )
  const team = (organizationId: string, name: string, parent: string | null = null) =>
    insert(
      'insert into app_public.teams (organization_id, name, parent_team_id) values ($1, $2, $3) returning id',
      organizationId,
      name,
      parent
    )
  const joinTeam = (organizationId: string, teamId: string, userId: string, role = 'member') =>
    admin.query('insert into app_public.team_members values ($1, $2, $3, $4)', [organizationId, teamId, userId, role])
  const budget = (organizationId: string, limit: number) =>
    insert(
      'insert into app_public.budgets (organization_id, monthly_limit) values ($1, $2) returning id',
      organizationId,
      limit
    )
  const usage = (organizationId: string, userId: string | null, teamId: string | null, keyId: string | null) =>
    insert(
      `insert into app_public.usage_records (organization_id, user_id, team_id, api_key_id, service, model, cost, currency)
       values ($1, $2, $3, $4, 'openai', 'gpt-5', 1, 'USD') returning id`,
      organizationId,
      userId,
      teamId,
      keyId
    )
  const apiKey = async (organizationId: string, createdBy: string, teamId: string | null = null, status = 'active') => {
    const key = `rg_${randomBytes(32).toString('hex')}`
    const id = await insert(
      `insert into app_public.org_api_keys (organization_id, team_id, name, key_prefix, created_by, status, scopes)
       values ($1, $2, 'key', $3, $4, $5, ${keyScopes}) returning id`,
      organizationId,
      teamId,
      key.slice(0, 11),
      createdBy,
      status
    )
    await admin.query('insert into app_private.org_api_key_secrets values ($1, $2, $3)', [
      organizationId,
      id,
      createHash('sha256').update(key).digest()
    ])
    return { id, key }
  }

  const acme = await organization('acme')
  const other = await organization('other')
  const people = {
    owner: await user('owner'),
    admin: await user('admin'),
    member: await user('member'),
    viewer: await user('viewer'),
    lead: await user('lead'),
    stranger: await user('stranger'),
    nobody: await user('nobody')
  }
  await member(acme, people.owner, 'owner')
  await member(acme, people.admin, 'admin')
  await member(acme, people.member, 'member')
  await member(acme, people.viewer, 'viewer')
  await member(acme, people.lead, 'member')
  await member(other, people.stranger, 'owner')

  const engineering = await team(acme, 'Engineering')
  const backend = await team(acme, 'Backend', engineering)
  const sales = await team(acme, 'Sales')
  const foreign = await team(other, 'Foreign')
  await joinTeam(acme, engineering, people.lead, 'lead')
  await joinTeam(acme, backend, people.member)
  await joinTeam(acme, sales, people.viewer)
  await joinTeam(other, foreign, people.stranger)

  const budgets = { acme: await budget(acme, 100), other: await budget(other, 100) }
  const keys = {
    acme: await apiKey(acme, people.admin),
    revoked: await apiKey(acme, people.admin, null, 'revoked'),
    backend: await apiKey(acme, people.member, backend),
    other: await apiKey(other, people.stranger)
  }
  for (const [id, organizationId] of [
    [budgets.acme, acme],
    [budgets.other, other]
  ] as const) {
    await admin.query(
      `insert into app_public.budget_periods
         (organization_id, budget_id, period_start, spent, monthly_limit, alert_threshold, currency, blocking, limit_version)
       values ($1, $2, app_hidden.current_month(), 4, 100, 80, 'USD', true, 1)`,
      [organizationId, id]
    )
    await admin.query(
      `insert into app_public.budget_alerts
         (organization_id, budget_id, period_start, limit_version, threshold, monthly_limit, spent, announced)
       values ($1, $2, app_hidden.current_month(), 1, 1, 100, 4, true)`,
      [organizationId, id]
    )
  }
  await admin.query(
    `insert into app_public.model_prices (service, model, unit, price, currency, effective_from)
     values ('openai', 'gpt-4o', 'input_token', 0.0000025, 'USD', '2000-01-01T00:00Z')`
  )
  await admin.query("insert into app_public.model_aliases values ('openai', 'gpt-4o-2024-08-06', 'gpt-4o')")
  await admin.query(
    `insert into app_public.exchange_rates (from_currency, to_currency, rate, valid_from)
     values ('EUR', 'USD', 1.1, '2000-01-01T00:00Z')`
  )
  for (const id of [acme, other]) {
    await admin.query(
      `insert into app_public.organization_model_prices (organization_id, service, model, unit, price, currency, effective_from)
       values ($1, 'openai', 'gpt-4o', 'input_token', 0.000002, 'USD', '2000-01-01T00:00Z')`,
      [id]
    )
  }
  const records = {
    member: await usage(acme, people.member, null, null),
    backend: await usage(acme, null, backend, keys.backend.id),
    sales: await usage(acme, null, sales, null),
    key: await usage(acme, null, null, keys.acme.id),
    other: await usage(other, people.stranger, foreign, keys.other.id)
  }
  return { acme, other, people, teams: { engineering, backend, sales, foreign }, budgets, keys, records }
}
