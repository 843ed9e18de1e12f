import type { Stage } from './stage.ts'

export const usage = 'select * from app_public.record_usage($1, $2, $3, $4)'
let counter = 0
/** The values of a use that nobody recorded before. */
export const use = (cost: number | string, key = `use-${++counter}`) => [key, 'openai', 'gpt-5', cost]

/** What an organization's books say; sums as exact text. */
export async function books(stage: Stage, organizationId: string) {
  const { rows } = await stage.admin.query(
    `select
       (select count(*)::int from app_public.usage_records where organization_id = $1) as records,
       (select trim_scale(coalesce(sum(cost), 0))::text
        from app_public.usage_records where organization_id = $1) as used,
       (select trim_scale(coalesce(sum(settled), 0))::text
        from app_public.budget_shards where organization_id = $1) as spent,
       (select count(*)::int from app_private.idempotency_keys where organization_id = $1) as keys`,
    [organizationId]
  )
  return rows[0] as { records: number; used: string; spent: string; keys: number }
}

/** The only budget of an organization. */
export async function budgetOf(stage: Stage, organizationId: string): Promise<string> {
  const { rows } = await stage.admin.query('select id from app_public.budgets where organization_id = $1', [
    organizationId
  ])
  if (rows.length !== 1) throw new Error(`${rows.length} budgets instead of one`)
  return rows[0].id
}

/** Makes all that an organization used and counted so far last month's. */
export async function lastMonth({ admin }: Pick<Stage, 'admin'>, organizationId: string): Promise<void> {
  // A period is referred to by its first instant, so the new one comes before the old one goes.
  for (const sql of [
    `insert into app_public.budget_periods
     select organization_id, budget_id, starts_at - interval '1 month', starts_at, limit_amount, currency, policy, grace_percent,
       thresholds, paused, limit_version, shards
     from app_public.budget_periods where organization_id = $1`,
    "update app_public.budget_shards set starts_at = starts_at - interval '1 month' where organization_id = $1",
    "update app_public.budget_alerts set starts_at = starts_at - interval '1 month' where organization_id = $1",
    "delete from app_public.budget_periods where organization_id = $1 and starts_at = date_trunc('month', now())",
    "update app_public.usage_records set occurred_at = occurred_at - interval '1 month' where organization_id = $1",
    "update app_private.idempotency_keys set occurred_at = occurred_at - interval '1 month' where organization_id = $1"
  ]) {
    await admin.query(sql, [organizationId])
  }
}

/** SQL that changes the only budget that the caller's organization has. */
export const change = (values: string) =>
  `select changed.* from app_public.budgets as budget
   cross join lateral app_public.update_budget(budget.id, ${values}) as changed`
export const pause = 'select app_public.pause_budget(id) from app_public.budgets'
export const resume = 'select app_public.resume_budget(id) from app_public.budgets'

/** The alerts of an organization in order, and how many jobs each queued. */
export async function alerts(stage: Stage, organizationId: string) {
  const { rows } = await stage.admin.query(
    `select limit_version as version, threshold,
       trim_scale(limit_amount)::text as limit, trim_scale(settled)::text as spent,
       announced, (
         select count(*)::int
         from graphile_worker._private_jobs as job
           join app_public.alert_deliveries as deliveries on deliveries.id::text = job.payload ->> 'delivery_id'
           join app_public.alert_events as events on events.id = deliveries.event_id
         where events.created_at = budget_alerts.created_at and events.facts ->> 'budget_id' = budget_alerts.budget_id::text
           and (events.facts ->> 'threshold')::int = budget_alerts.threshold
       ) as jobs
     from app_public.budget_alerts where organization_id = $1 order by created_at, limit_version`,
    [organizationId]
  )
  return rows
}
