import { randomBytes } from 'node:crypto'
import { newKey, storeSecret } from './keys.ts'
import type { Persona } from './personas.ts'
import { value, type Stage } from './stage.ts'
import { keyScopes } from './world.ts'

/** An organization with nobody else's business in it, for a test that changes what it finds. */
export interface Organization<Name extends string> {
  id: string
  slug: string
  ids: Record<Name, string>
  people: Record<Name, Persona>
}

/** Founds one with these people in these roles, and a budget if a limit is given. Nobody is anywhere else. */
export async function found<Name extends string>(
  stage: Pick<Stage, 'admin' | 'asUser'>,
  roles: Record<Name, string>,
  limit?: number | string
): Promise<Organization<Name>> {
  const slug = `org-${randomBytes(6).toString('hex')}`
  const id = await value<string>(
    stage,
    'insert into app_public.organizations (name, slug) values ($1, $1) returning id',
    [slug]
  )
  const ids = {} as Record<Name, string>
  const people = {} as Record<Name, Persona>
  for (const [name, role] of Object.entries<string>(roles) as [Name, string][]) {
    ids[name] = await value(
      stage,
      `with person as (
         insert into app_public.users (email, name, email_verified_at)
         values ($1 || '@' || $2 || '.example', $1, now()) returning id
       )
       insert into app_public.members (organization_id, user_id, role) select $3, id, $4 from person returning user_id`,
      [name, slug, id, role]
    )
    people[name] = await stage.asUser(ids[name])
  }
  if (limit !== undefined) {
    await stage.admin.query(
      `insert into app_public.budgets (organization_id, limit_amount, thresholds, counts_from)
       values ($1, $2, '{80}', '-infinity')`,
      [id, limit]
    )
  }
  return { id, slug, ids, people }
}

/** An API key of the organization. */
export async function foundKey(
  stage: Pick<Stage, 'admin' | 'asKey'>,
  organizationId: string,
  createdBy: string,
  teamId: string | null = null
) {
  const { key, prefix, lastFour, hash } = newKey()
  const id = await value<string>(
    stage,
    `insert into app_public.org_api_keys (organization_id, team_id, name, key_prefix, last_four, created_by, responsible_id,
       monthly_quota, scopes)
     values ($1, $2, 'key', $3, $4, $5, $5, null, ${keyScopes}) returning id`,
    [organizationId, teamId, prefix, lastFour, createdBy]
  )
  await stage.admin.query(storeSecret, [organizationId, id, hash])
  return { id, key, persona: stage.asKey(key) }
}
