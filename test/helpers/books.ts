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
       (select trim_scale(coalesce(sum(spent), 0))::text
        from app_public.budget_periods where organization_id = $1) as spent,
       (select count(*)::int from app_private.idempotency_keys where organization_id = $1) as keys`,
    [organizationId]
  )
  return rows[0] as { records: number; used: string; spent: string; keys: number }
}

/** The alerts of an organization in order, and how many jobs each queued. */
export async function alerts(stage: Stage, organizationId: string) {
  const { rows } = await stage.admin.query(
    `select limit_version as version, threshold,
       trim_scale(monthly_limit)::text as limit, trim_scale(spent)::text as spent,
       announced, (
         select count(*)::int from graphile_worker._private_jobs where payload ->> 'alert_id' = budget_alerts.id::text
       ) as jobs
     from app_public.budget_alerts where organization_id = $1 order by created_at, limit_version`,
    [organizationId]
  )
  return rows
}
