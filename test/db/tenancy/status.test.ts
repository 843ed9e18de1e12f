import test from 'ava'
import { found, foundKey } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, type Stage } from '../../helpers/stage.ts'
import { makeHealth } from '../../helpers/world.ts'
import { expectations } from '../../helpers/expectations.ts'

const stage = openStage(test)
const usage = "select app_public.record_usage('k', 'openai', 'gpt-5', 1)"

async function furnished(stage: Stage) {
  const organization = await found(stage, { owner: 'owner', admin: 'admin', member: 'member' }, 100)
  const key = await foundKey(stage, organization.id, organization.ids.owner)
  const { owner } = organization.people
  const { ids } = organization
  const team = (await owner("select * from app_public.create_team('Team')")).rows[0]!['id']
  await owner('select app_public.add_team_member($1, $2)', [team, ids.owner])
  await owner("select app_public.create_custom_role('Support', '{team:read}')")
  await owner("select app_public.set_member_permission($1, 'team:update', 'grant')", [ids.member])
  await owner("select app_public.set_team_role_permission('lead', 'team_member:update', 'deny')")
  await owner('select app_public.offer_ownership($1)', [ids.admin])
  await key.persona("select app_public.record_usage('first', 'openai', 'gpt-5', 60)")
  const [held] = (await owner("select * from app_public.authorize_usage('held', 'openai', 'gpt-5', 1)")).rows
  await owner('select app_public.settle_usage($1, 41)', [held!['id']])
  await owner("select app_public.record_usage('unpriced', 'openai', 'unknown')")
  await owner('select app_public.raise_budget(id, 10) from app_public.budgets')
  await makeHealth(stage.admin, organization.id)
  await owner('select app_public.report_storage(1000)')
  await owner("select app_public.set_model_price('openai', 'gpt-5', 'USD', input_token => 1)")
  return { ...organization, key }
}

/** The permission model itself and the list of plans, which everybody reads always. */
const model = ['permissions', 'roles', 'role_permissions', 'team_role_permissions', 'plans']

/** How many rows of the tenant's tables somebody sees. */
async function sees(persona: Persona): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of Object.keys(expectations)) {
    if (model.includes(table)) continue
    counts[table] = await persona(`select from app_public.${table}`).then(
      ({ rowCount }) => rowCount,
      () => -1
    )
  }
  return counts
}
const nothing = Object.fromEntries(
  Object.keys(expectations)
    .filter(name => !model.includes(name))
    .map(name => [name, 0])
)
const notForKeys = Object.fromEntries(
  Object.entries(expectations)
    .filter(([, { sees }]) => sees.key === 'no grant')
    .map(([name]) => [name, -1])
)

test.serial('Of a suspended organization nothing is visible but its own row and oneself.', async t => {
  const { id, people, key } = await furnished(stage)
  const before = await sees(people.owner)
  for (const [table, count] of Object.entries(before)) t.true(count > 0, `${table} is not empty before`)

  await stage.admin.query("update app_public.organizations set status = 'suspended' where id = $1", [id])
  for (const name of ['owner', 'admin', 'member'] as const) {
    t.deepEqual(await sees(people[name]), { ...nothing, organizations: 1, users: 1 }, name)
  }
  t.deepEqual(await sees(key.persona), { ...nothing, ...notForKeys, organizations: 1 })

  await stage.admin.query("update app_public.organizations set status = 'active' where id = $1", [id])
  t.deepEqual(await sees(people.owner), before, 'all of it is back')
})

test.serial('In a suspended organization every verb says so, and plain SQL reaches nothing.', async t => {
  const { id, people, key, ids } = await furnished(stage)
  const verbs: [Persona, string, unknown[]?][] = [
    [people.owner, "select app_public.update_organization(name => 'New')"],
    [people.owner, 'select app_public.delete_organization()'],
    [people.owner, "select app_public.add_member('stranger@example.com')"],
    [people.owner, "select app_public.change_member_role($1, 'viewer')", [ids.member]],
    [people.owner, 'select app_public.remove_member($1)', [ids.member]],
    [people.member, 'select app_public.leave_organization()'],
    [people.owner, 'select app_public.remove_members(array[$1::uuid])', [ids.member]],
    [people.owner, "select app_public.create_custom_role('New', '{team:read}')"],
    [people.owner, "select app_public.set_member_permission($1, 'team:update', 'deny')", [ids.member]],
    [people.owner, "select app_public.create_team('New')"],
    [people.owner, 'select app_public.create_budget(1)'],
    [people.owner, "select app_public.create_api_key('New')"],
    [people.owner, 'select app_public.revoke_api_key($1)', [key.id]],
    [people.member, usage],
    [key.persona, usage]
  ]
  for (const [persona, sql, values] of verbs) t.is(await outcome(persona.attempt(sql, values)), '1 row', sql)
  await stage.admin.query("update app_public.organizations set status = 'suspended' where id = $1", [id])
  for (const [persona, sql, values] of verbs) {
    await refused(t, stage, () => persona(sql, values), 'ORGANIZATION_SUSPENDED')
  }
  for (const sql of [
    "update app_public.organizations set name = 'New'",
    "update app_public.teams set name = 'New'",
    "update app_public.org_api_keys set status = 'revoked'"
  ]) {
    t.is(await outcome(people.owner(sql)), '0 rows', sql)
  }
  const insert = "insert into app_public.teams (organization_id, name) values ($1, 'New')"
  t.is(await outcome(people.owner(insert, [id])), 'policy')
})

test.serial('A deleted organization is gone for its people, and its key is refused.', async t => {
  const { slug, people, key, ids } = await furnished(stage)
  await refused(t, stage, () => people.admin('select app_public.delete_organization()'), 'FORBIDDEN')
  t.is((await people.owner('select (app_public.delete_organization()).status')).rows[0]!['status'], 'deleted')
  for (const name of ['owner', 'admin', 'member'] as const) {
    t.deepEqual(await sees(people[name]), { ...nothing, users: 1 }, name)
  }
  await refused(t, stage, () => key.persona('select 1'), 'API_KEY_INVALID')
  await refused(t, stage, () => people.owner(usage), 'NO_ORGANIZATION')
  const hinted = await stage.asUser(ids.owner, slug)
  await refused(t, stage, () => hinted('select 1'), 'TENANT_FORBIDDEN')
  const elsewhere = "select app_public.create_organization('Reuse', $1)"
  await refused(t, stage, () => people.owner(elsewhere, [slug]), 'organizations_slug_key')
})
