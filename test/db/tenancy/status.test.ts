import test from 'ava'
import { found, foundKey } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { caughtUp, rollUp } from '../../helpers/rolled.ts'
import { openStage, type Stage } from '../../helpers/stage.ts'
import { makeHealth, makeStatement } from '../../helpers/world.ts'
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
  await owner("select app_public.invite_member('invited@example.com')")
  await owner('select app_public.create_join_link()')
  await stage.admin.query(
    `insert into app_public.join_requests (organization_id, user_id, email, name, role, invited_by)
     values ($1, $2, 'a@b.example', 'a', 'viewer', $3)`,
    [organization.id, stage.world.people.nobody, ids.owner]
  )
  await key.persona("select app_public.record_usage('first', 'openai', 'gpt-5', 60)")
  const [held] = (await owner("select * from app_public.authorize_usage('held', 'openai', 'gpt-5', 1)")).rows
  await owner('select app_public.settle_usage($1, 41)', [held!['id']])
  await owner("select app_public.record_usage('unpriced', 'openai', 'unknown')")
  await owner('select app_public.raise_budget(id, 10) from app_public.budgets')
  await makeHealth(stage.admin, organization.id)
  await makeStatement(stage.admin, organization.id)
  await owner("select app_public.request_export('usage', 'csv', now() - interval '1 day')")
  await owner('select app_public.report_storage(1000)')
  await owner("select app_public.set_model_price('openai', 'gpt-5', 'USD', input_token => 1)")
  await caughtUp(stage.admin, () => rollUp(stage.admin, organization.id), organization.id)
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
    [people.owner, "select app_public.invite_member('somebody@example.com')"],
    [people.owner, 'select app_public.create_join_link()'],
    [people.owner, "select app_public.change_member_role($1, 'viewer')", [ids.member]],
    [people.owner, 'select app_public.remove_member($1)', [ids.member]],
    [people.member, 'select app_public.leave_organization()'],
    [people.owner, 'select app_public.remove_members(array[$1::uuid])', [ids.member]],
    [people.owner, "select app_public.create_custom_role('New', '{team:read}')"],
    [people.owner, "select app_public.set_member_permission($1, 'team:update', 'deny')", [ids.member]],
    [people.owner, "select app_public.create_team('New')"],
    [people.owner, 'select app_public.create_budget(1)'],
    [people.owner, "select app_public.create_api_key('New')"],
    [people.owner, "select app_public.update_api_key($1, name => 'New')", [key.id]],
    [people.owner, 'select app_public.rotate_api_key($1)', [key.id]],
    [people.owner, 'select app_public.pause_api_key($1)', [key.id]],
    [people.owner, 'select app_public.resume_api_key($1)', [key.id]],
    [people.owner, 'select app_public.revoke_api_key($1)', [key.id]],
    [people.member, usage],
    [key.persona, usage]
  ]
  for (const [persona, sql, values] of verbs) t.is(await outcome(persona.attempt(sql, values)), '1 row', sql)
  await stage.admin.query("update app_public.organizations set status = 'suspended' where id = $1", [id])
  for (const [persona, sql, values] of verbs) {
    await refused(t, stage, () => persona(sql, values), 'ORGANIZATION_SUSPENDED')
  }
  for (const sql of ["update app_public.organizations set name = 'New'", "update app_public.teams set name = 'New'"]) {
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

test.serial('When its trial is over an organization is as if suspended, at that moment and not by a job.', async t => {
  const { id, people, key } = await furnished(stage)
  const trial = (ends: string) =>
    stage.admin.query('select app_hidden.set_organization_status($1, $2, now() + $3::interval)', [id, 'active', ends])
  const before = await sees(people.owner)
  await trial('1 hour')
  t.deepEqual(await sees(people.owner), before)
  t.is(await outcome(key.persona.attempt(usage)), '1 row')
  await trial('0 seconds')
  t.deepEqual(await sees(people.owner), { ...nothing, organizations: 1, users: 1 })
  await refused(t, stage, () => key.persona(usage), 'TRIAL_EXPIRED')
  await refused(t, stage, () => people.owner("select app_public.create_team('New')"), 'TRIAL_EXPIRED')
  for (const persona of [people.admin!, key.persona]) {
    t.not(await outcome(persona.attempt('select app_public.delete_organization()')), '1 row')
  }
  t.is(await outcome(people.owner.attempt('select app_public.delete_organization()')), '1 row')
  await people.owner('select app_public.restore_organization($1)', [id])
  await refused(t, stage, () => people.owner("select app_public.create_team('New')"), 'TRIAL_EXPIRED')
  await stage.admin.query("select app_hidden.set_organization_status($1, 'active')", [id])
  t.deepEqual(await sees(people.owner), before)
})

test.serial('Only the platform suspends, and never what is deleted.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' })
  const set = 'select app_hidden.set_organization_status($1, $2)'
  for (const persona of [people.owner, stage.cast.key, stage.cast.anonymous]) {
    await refused(t, stage, () => persona(set, [id, 'suspended']), 'no grant')
  }
  for (const status of [null, '', 'deleted', 'trial_expired']) {
    await refused(t, stage, () => stage.admin.query(set, [id, status]), 'INVALID_INPUT')
  }
  await stage.admin.query(set, [id, 'suspended'])
  await refused(t, stage, () => people.owner("select app_public.create_team('New')"), 'ORGANIZATION_SUSPENDED')
  await refused(t, stage, () => people.owner('select app_public.delete_organization()'), 'ORGANIZATION_SUSPENDED')
  await stage.admin.query(set, [id, 'active'])
  await people.owner('select app_public.delete_organization()')
  await refused(t, stage, () => stage.admin.query(set, [id, 'active']), 'NOT_FOUND')
})

test.serial('For 30 days an owner restores what was deleted, with everything in it.', async t => {
  const { id, people, key } = await furnished(stage)
  const before = await sees(people.owner)
  const restore = 'select * from app_public.restore_organization($1)'
  await people.owner('select app_public.delete_organization()')
  const { rows } = await people.owner('select id, purge_at from app_public.deleted_organizations()')
  t.is(rows[0]!['id'], id)
  t.is(Math.round((rows[0]!['purge_at'] - Date.now()) / 86_400_000), 30)
  t.is((await people.admin('select app_public.deleted_organizations()')).rowCount, 0)
  await refused(t, stage, () => people.admin(restore, [id]), 'FORBIDDEN')
  await refused(t, stage, () => stage.cast.stranger(restore, [id]), 'NOT_FOUND')
  await refused(t, stage, () => key.persona(restore, [id]), 'API_KEY_INVALID')
  t.is((await people.owner(restore, [id])).rows[0]!['status'], 'active')
  t.deepEqual(await sees(people.owner), before)
  t.is(await outcome(key.persona.attempt(usage)), '1 row')
  t.is((await people.owner('select app_public.deleted_organizations()')).rowCount, 0)
})
