import type { Database } from './database.ts'
import { newKey, storeSecret } from './keys.ts'
import { keyScopes } from './world.ts'

/** An organization with an API key that may ask as much as it wants, and some usage to read: for proofs and benches. */
export async function foundTenant(
  { admin }: Pick<Database, 'admin'>,
  slug: string
): Promise<{ id: string; key: string }> {
  const { key, prefix, lastFour, hash } = newKey()
  const { rows } = await admin.query(
    `with organization as (
       insert into app_public.organizations (name, slug) values ($1, $1) returning id
     ), key as (
       insert into app_public.org_api_keys (organization_id, name, key_prefix, last_four, rate_limit, scopes)
       select id, 'key', $2, $3, 1000000, ${keyScopes} from organization returning id, organization_id
     )
     select key.organization_id as id, key.id as key_id from key`,
    [slug, prefix, lastFour]
  )
  const { id, key_id: keyId } = rows[0]
  await admin.query(storeSecret, [id, keyId, hash])
  await admin.query(
    `insert into app_public.usage_records (organization_id, api_key_id, service, model, cost, currency, charged, charged_currency)
     select $1, $2, 'openai', 'gpt-5', 1, 'USD', 1, 'USD' from generate_series(1, 100)`,
    [id, keyId]
  )
  return { id, key }
}
