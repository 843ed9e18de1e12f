import { randomBytes } from 'node:crypto'
import { makeAlerts } from './alerts.ts'
import type { Database } from './database.ts'
import { newKey, storeSecret } from './keys.ts'

/** All that a key can have, as SQL. */
export const keyScopes = "(select array_agg(permission) from app_public.role_permissions where role = 'api_key')"

/** What Acme's own role "Auditor" holds. */
export const auditorHolds = [
  'budget:read',
  'budget:read_all',
  'member:read',
  'organization:read',
  'price:read',
  'team:read',
  'usage:read',
  'usage:read_all'
]
/** What is denied to one of Acme's admins. */
export const deniedLacks = ['budget:read_all', 'key:revoke_all', 'team:create', 'usage:read']
/** A minute of half an hour ago, and an incident that is over. */
export async function makeHealth(admin: Database['admin'], organizationId: string) {
  await admin.query(
    `insert into app_public.health_minutes values
       ($1, date_trunc('minute', now() - interval '30 minutes'), 10, 1, 2, 500, 90, 3, 1)`,
    [organizationId]
  )
  await admin.query(
    `insert into app_public.health_incidents (organization_id, started_at, opened_at, ended_at, requests, errors)
     values ($1, now() - interval '2 hours', now() - interval '115 minutes', now() - interval '1 hour', 20, 10)`,
    [organizationId]
  )
}

/** A closed month with one line. */
export async function makeStatement(admin: Database['admin'], organizationId: string): Promise<string> {
  const { rows } = await admin.query(
    `with made as (
       insert into app_public.statements (organization_id, number, starts_at, ends_at, currency, amount, adjustments, total)
       values ($1, 1, '2026-01-01T00:00Z', '2026-02-01T00:00Z', 'USD', 1, 0, 1) returning id, starts_at, ends_at
     ),
     line as (
       insert into app_public.statement_lines (organization_id, statement_id, kind, starts_at, ends_at, service, model, records,
         requests, tokens_in, tokens_out, errors, amount)
       select $1, id, 'usage', starts_at, ends_at, 'openai', 'gpt-5', 1, 1, 0, 0, 0, 1 from made
     )
     select id from made`,
    [organizationId]
  )
  return rows[0].id
}

/**
 * Two organizations, so that every test has a stranger: Acme with one person for each role
 * (founder is a second owner whom no test plays), a team tree
 * (engineering > backend, and sales beside it), a budget, an API key and usage; and Other, with the same of its own.
 */
export type World = Awaited<ReturnType<typeof makeWorld>>

export async function makeWorld({ admin }: Database) {
  const insert = async (sql: string, ...values: unknown[]): Promise<string> =>
    (await admin.query(sql, values)).rows[0].id

  const user = (name: string) =>
    insert(
      `insert into app_public.users (email, name, email_verified_at)
       values (lower($1) || '@example.com', $1, now()) returning id`,
      name
    )
  const organization = (slug: string) =>
    insert("insert into app_public.organizations (name, slug, plan) values ($1, $1, 'enterprise') returning id", slug)
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
  const role = async (organizationId: string, name: string, permissions: string[]) => {
    const id = await insert(
      'insert into app_public.custom_roles (organization_id, name) values ($1, $2) returning id',
      organizationId,
      name
    )
    await admin.query('insert into app_public.custom_role_permissions select $1, $2, unnest($3::text[])', [
      organizationId,
      id,
      permissions
    ])
    return id
  }
  const extra = (organizationId: string, userId: string, permission: string, effect: string) =>
    admin.query('insert into app_public.member_permissions values ($1, $2, $3, $4)', [
      organizationId,
      userId,
      permission,
      effect
    ])
  const transfer = (organizationId: string, from: string, to: string) =>
    insert(
      `insert into app_public.ownership_transfers (organization_id, from_user_id, to_user_id, then_role)
       values ($1, $2, $3, 'owner') returning id`,
      organizationId,
      from,
      to
    )
  const budget = (organizationId: string, limit: number) =>
    insert(
      `insert into app_public.budgets (organization_id, limit_amount, thresholds, counts_from)
       values ($1, $2, '{80}', '-infinity') returning id`,
      organizationId,
      limit
    )
  const usage = (organizationId: string, userId: string | null, teamId: string | null, keyId: string | null) =>
    insert(
      `insert into app_public.usage_records (organization_id, user_id, team_id, api_key_id, service, model, cost, currency, charged, charged_currency)
       values ($1, $2, $3, $4, 'openai', 'gpt-5', 1, 'USD', 1, 'USD') returning id`,
      organizationId,
      userId,
      teamId,
      keyId
    )
  const apiKey = async (organizationId: string, createdBy: string, teamId: string | null = null, status = 'active') => {
    const { key, prefix, lastFour, hash } = newKey()
    const id = await insert(
      `insert into app_public.org_api_keys (organization_id, team_id, name, key_prefix, last_four, created_by, responsible_id,
         status, monthly_quota, scopes)
       values ($1, $2, 'key', $3, $4, $5, $5, $6, null, ${keyScopes}) returning id`,
      organizationId,
      teamId,
      prefix,
      lastFour,
      createdBy,
      status
    )
    await admin.query(storeSecret, [organizationId, id, hash])
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
    otherTeam: await user('otherTeam'),
    auditor: await user('auditor'),
    denied: await user('denied'),
    founder: await user('founder'),
    stranger: await user('stranger'),
    nobody: await user('nobody')
  }
  await member(acme, people.owner, 'owner')
  await member(acme, people.admin, 'admin')
  await member(acme, people.member, 'member')
  await member(acme, people.viewer, 'viewer')
  await member(acme, people.lead, 'member')
  await member(acme, people.otherTeam, 'member')
  await member(acme, people.auditor, 'member')
  await member(acme, people.denied, 'admin')
  await member(acme, people.founder, 'owner')
  await member(other, people.stranger, 'owner')

  const engineering = await team(acme, 'Engineering')
  const backend = await team(acme, 'Backend', engineering)
  const sales = await team(acme, 'Sales')
  const foreign = await team(other, 'Foreign')
  await joinTeam(acme, engineering, people.lead, 'lead')
  await joinTeam(acme, backend, people.member)
  await joinTeam(acme, sales, people.viewer)
  await joinTeam(acme, sales, people.otherTeam)
  await joinTeam(other, foreign, people.stranger)

  const roles = {
    auditor: await role(acme, 'Auditor', auditorHolds),
    other: await role(other, 'Foreign role', auditorHolds)
  }
  await admin.query("update app_public.members set role = 'custom', custom_role_id = $1 where user_id = $2", [
    roles.auditor,
    people.auditor
  ])
  for (const permission of deniedLacks) await extra(acme, people.denied, permission, 'deny')
  await extra(other, people.stranger, 'usage:read', 'grant')
  // What a member of a team does not hold anyway.
  for (const organizationId of [acme, other]) {
    await admin.query(
      "insert into app_public.team_role_exceptions values ($1, 'member', 'team_member:update', 'deny')",
      [organizationId]
    )
  }
  const transfers = {
    acme: await transfer(acme, people.founder, people.admin),
    other: await transfer(other, people.stranger, people.nobody)
  }

  const invite = async (organizationId: string, by: string, person: string) => {
    const invitation = await insert(
      `insert into app_public.invitations (organization_id, email, role, needs_approval, invited_by)
       values ($1, 'invited@example.com', 'member', false, $2) returning id`,
      organizationId,
      by
    )
    const joinLink = await insert(
      `insert into app_public.join_links (organization_id, role, max_uses, needs_approval, created_by, expires_at)
       values ($1, 'member', 5, false, $2, now() + interval '1 day') returning id`,
      organizationId,
      by
    )
    const joinRequest = await insert(
      `insert into app_public.join_requests (organization_id, user_id, email, name, role, invited_by)
       values ($1, $2, 'asking@example.com', 'asking', 'member', $3) returning id`,
      organizationId,
      person,
      by
    )
    return { invitation, joinLink, joinRequest }
  }
  const invited = {
    acme: await invite(acme, people.admin, people.nobody),
    other: await invite(other, people.stranger, people.nobody)
  }

  const session = (userId: string) =>
    insert(
      'insert into app_private.sessions (user_id, refresh_hash) values ($1, $2) returning id',
      userId,
      randomBytes(32)
    )
  const sessions = { nobody: await session(people.nobody), stranger: await session(people.stranger) }

  const budgets = { acme: await budget(acme, 100), other: await budget(other, 100) }
  const keys = {
    acme: await apiKey(acme, people.admin),
    revoked: await apiKey(acme, people.admin, null, 'revoked'),
    backend: await apiKey(acme, people.member, backend),
    other: await apiKey(other, people.stranger)
  }
  // Nobody has used it for long.
  await admin.query("update app_public.org_api_keys set created_at = now() - interval '100 days' where id = $1", [
    keys.acme.id
  ])
  for (const [id, organizationId] of [
    [budgets.acme, acme],
    [budgets.other, other]
  ] as const) {
    await admin.query(
      `with period as (
         select organization_id, budget_id, starts_at from app_hidden.open_period($1, $2, now())
       ),
       used as (
         select app_hidden.charge($1, $2, starts_at, 4, 0, 1) from period
       ),
       overrun as (
         insert into app_public.budget_overruns (organization_id, budget_id, starts_at, reason, amount)
         select organization_id, budget_id, starts_at, 'late', 1 from period
       ),
       raise as (
         insert into app_public.budget_raises (organization_id, budget_id, amount, expires_at, status)
         values ($1, $2, 1, now() + interval '1 hour', 'requested') returning id
       ),
       change as (
         insert into app_public.budget_changes (organization_id, budget_id, action, limit_version, limit_after)
         values ($1, $2, 'created', 1, 100)
       ),
       storage as (
         insert into app_public.storage_use (organization_id, source, bytes, measured_at) values ($1, 'default', 1000, now())
       ),
       model as (
         insert into app_public.unpriced_models (organization_id, service, model) values ($1, 'openai', 'unknown')
       ),
       alert as (
         insert into app_public.budget_alerts
           (organization_id, budget_id, starts_at, limit_version, threshold, limit_amount, settled, announced)
         select organization_id, budget_id, starts_at, 1, 1, 100, 4, true from period
       )
       select (select id from raise) as raise from used`,
      [organizationId, id]
    )
  }
  const alerts = { acme: await makeAlerts({ admin }, acme), other: await makeAlerts({ admin }, other) }
  await makeHealth(admin, acme)
  await makeHealth(admin, other)
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
  // As the worker makes them.
  await admin.query(
    `insert into app_public.usage_rollups
     select organization_id, whole, 'day', date_trunc('day', occurred_at, 'UTC'), service, model, charged_currency,
       case when not whole then team_id end as team, case when not whole then user_id end as person,
       case when not whole then api_key_id end as key, count(*), sum(requests), 0, 0, 0, sum(charged)
     from app_public.usage_records cross join unnest(array[true, false]) as whole
     group by 1, 2, 4, 5, 6, 7, team, person, key`
  )
  const statements = { acme: await makeStatement(admin, acme), other: await makeStatement(admin, other) }
  // Not one that a worker would make.
  const exportOf = (organizationId: string, personId: string) =>
    insert(
      `insert into app_public.exports (organization_id, requested_by, kind, format, number, status)
       values ($1, $2, 'statement', 'csv', 1, 'failed') returning id`,
      organizationId,
      personId
    )
  const exports = { acme: await exportOf(acme, people.owner), other: await exportOf(other, people.stranger) }
  const hold = (organizationId: string, userId: string | null, keyId: string | null) =>
    insert(
      `insert into app_public.usage_holds
         (organization_id, user_id, api_key_id, service, model, tokens_in, tokens_out, cost, currency, expires_at)
       values ($1, $2, $3, 'openai', 'gpt-5', 0, 0, 1, 'USD', now() + interval '1 hour') returning id`,
      organizationId,
      userId,
      keyId
    )
  const holds = {
    member: await hold(acme, people.member, null),
    key: await hold(acme, null, keys.acme.id),
    owner: await hold(acme, people.owner, null),
    other: await hold(other, people.stranger, null)
  }
  const raiseOf = async (budgetId: string): Promise<string> =>
    (await admin.query('select id from app_public.budget_raises where budget_id = $1', [budgetId])).rows[0].id
  const raises = { acme: await raiseOf(budgets.acme), other: await raiseOf(budgets.other) }
  return {
    acme,
    other,
    people,
    teams: { engineering, backend, sales, foreign },
    alerts,
    roles,
    transfers,
    invited,
    sessions,
    budgets,
    keys,
    records,
    holds,
    raises,
    statements,
    exports
  }
}
