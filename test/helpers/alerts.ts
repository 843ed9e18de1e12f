import type { Database } from './database.ts'

/** What an organization has of alerts: a webhook, its rule about all budgets, an alert of that and its delivery. */
export async function makeAlerts({ admin }: Pick<Database, 'admin'>, organizationId: string) {
  const insert = async (sql: string, ...values: unknown[]): Promise<string> =>
    (await admin.query(sql, [organizationId, ...values])).rows[0].id
  const channel = await insert(
    `with channel as (
       insert into app_public.alert_channels (organization_id, kind, name, host)
       values ($1, 'webhook', 'hook', 'hooks.example.com') returning id
     )
     insert into app_private.alert_channel_secrets (organization_id, channel_id, url, secret)
     select $1, id, 'https://hooks.example.com/', 'whsec_' || encode(sha256('secret'), 'base64') from channel returning channel_id as id`
  )
  const rule = await insert("select id from app_public.alert_rules where organization_id = $1 and kind = 'threshold'")
  const event = await insert(
    `insert into app_public.alert_events (organization_id, rule_id, kind, occasion, facts, muted)
     values ($1, $2, 'threshold', 'once', '{}', false) returning id`,
    rule
  )
  const delivery = await insert(
    'insert into app_public.alert_deliveries (organization_id, event_id, channel_id) values ($1, $2, $3) returning id',
    event,
    channel
  )
  return { channel, rule, event, delivery }
}
