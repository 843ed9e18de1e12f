import { createHash, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'
import { keyScopes } from './world.ts'

/** An organization with an API key that may ask as much as it wants, and some usage to read: for proofs and benches. */
export async function foundTenant(
  { admin }: Pick<Database, 'admin'>,
  slug: string
): Promise<{ id: string; key: string }> {
  const key = `rg_${randomBytes(32).toString('hex')}`
  const { rows } = await admin.query(
    `with organization as (
       insert into app_public.organizations (name, slug, plan) values ($1, $1, 'enterprise') returning id
     ), key as (
       insert into app_public.org_api_keys (organization_id, name, key_prefix, rate_limit, scopes)
       select id, 'key', $2, 1000000, ${keyScopes} from organization returning id, organization_id
     )
     select key.organization_id as id, key.id as key_id from key`,
    [slug, key.slice(0, 11)]
  )
  const { id, key_id: keyId } = rows[0]
  await admin.query('insert into app_private.org_api_key_secrets values ($1, $2, $3)', [
    id,
    keyId,
    createHash('sha256').update(key).digest()
  ])
  await admin.query(
    `insert into app_public.usage_records (organization_id, api_key_id, service, model, cost, currency, charged, charged_currency)
     select $1, $2, 'openai', 'gpt-5', 1, 'USD', 1, 'USD' from generate_series(1, 100)`,
    [id, keyId]
  )
  return { id, key }
}
