import test from 'ava'
import { found } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)

async function explain(persona: Persona, permission: string, team: string | null = null, person: string | null = null) {
  const { rows } = await persona(
    'select allowed, reach, through, name, team_id as team from app_public.explain_access($1, null, $2, $3)',
    [permission, team, person]
  )
  return rows[0]!
}
const yes = (reach: string, through: string, name: string | null, team: string | null = null) => ({
  allowed: true,
  reach,
  through,
  name,
  team
})
const no = (through: string, name: string | null = null) => ({ allowed: false, reach: null, through, name, team: null })

test.serial('It names the role, the own role, the grant, the team role or the denial that decides.', async t => {
  const { cast, world } = stage
  const { engineering, backend, sales } = world.teams
  t.deepEqual(await explain(cast.owner, 'team:create'), yes('organization', 'role', 'owner'))
  t.deepEqual(await explain(cast.admin, 'team:create'), yes('organization', 'role', 'admin'))
  t.deepEqual(await explain(cast.admin, 'owner:manage'), no('none'))
  t.deepEqual(await explain(cast.auditor, 'budget:read_all'), yes('organization', 'custom_role', 'Auditor'))
  t.deepEqual(await explain(cast.denied, 'team:create'), no('denial'))
  t.deepEqual(await explain(cast.member, 'usage:read'), yes('own', 'role', 'member'))
  t.deepEqual(await explain(cast.auditor, 'usage:read'), yes('organization', 'custom_role', 'Auditor'))
  t.deepEqual(await explain(cast.auditor, 'usage:read', sales), yes('organization', 'custom_role', 'Auditor'))
  t.deepEqual(await explain(cast.member, 'usage:read', backend), yes('team', 'team_role', 'member', backend))
  t.deepEqual(await explain(cast.lead, 'usage:read', backend), yes('team', 'team_role', 'lead', engineering))
  t.deepEqual(await explain(cast.member, 'usage:read', engineering), no('none'))
  t.deepEqual(await explain(cast.lead, 'team_member:update', backend), yes('team', 'team_role', 'lead', engineering))
  t.deepEqual(await explain(cast.lead, 'team_member:update'), no('none'))
  t.deepEqual(await explain(cast.lead, 'team_member:update', sales), no('none'))
  t.deepEqual(await explain(cast.member, 'team_member:update', backend), no('none'))
})

test.serial('It says the reason in words.', async t => {
  const reason = async (persona: Persona, permission: string, team: string | null = null) =>
    (await persona('select reason from app_public.explain_access($1, null, $2)', [permission, team])).rows[0]!['reason']
  const { cast, world } = stage
  t.is(await reason(cast.owner, 'team:create'), 'team:create through the role owner: in the whole organization.')
  t.is(
    await reason(cast.auditor, 'usage:read'),
    'usage:read_all through the organization\'s role "Auditor": in the whole organization.'
  )
  t.is(
    await reason(cast.lead, 'team_member:update', world.teams.backend),
    'team_member:update through being lead of a team: in that team and all teams below it.'
  )
  t.is(await reason(cast.denied, 'team:create'), 'team:create is denied to this member, whatever the role says.')
  t.is(await reason(cast.viewer, 'team:create'), 'No role, grant or team role of this member contains team:create.')
})

test.serial('Whoever may change members asks about others, and nobody else does.', async t => {
  const { cast, world } = stage
  t.deepEqual(await explain(cast.admin, 'team:create', null, world.people.viewer), no('none'))
  t.deepEqual(
    await explain(cast.admin, 'organization:delete', null, world.people.owner),
    yes('organization', 'role', 'owner')
  )
  await refused(t, stage, () => explain(cast.member, 'team:create', null, world.people.viewer), 'FORBIDDEN')
  await refused(t, stage, () => explain(cast.admin, 'team:create', null, world.people.stranger), 'NOT_FOUND')
})

test.serial('A suspended organization is the reason why nothing is allowed there but to see it.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  await stage.admin.query("update app_public.organizations set status = 'suspended' where id = $1", [id])
  t.deepEqual(await explain(people.owner, 'team:create'), no('status', 'suspended'))
  t.deepEqual(await explain(people.owner, 'organization:read'), yes('organization', 'role', 'owner'))
})

test.serial('Somebody in several organizations asks about each of them by name.', async t => {
  const first = await found(stage, { owner: 'owner' })
  const second = await found(stage, { owner: 'owner' })
  await stage.admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'viewer')", [
    second.id,
    first.ids.owner
  ])
  const ask = async (id: string | null) =>
    (await first.people.owner("select name from app_public.explain_access('member:read', $1)", [id])).rows[0]!['name']
  const mine = async (id: string | null) =>
    (await first.people.owner("select 'team:create' = any (app_public.my_permissions($1)) as may", [id])).rows[0]![
      'may'
    ]
  t.deepEqual([await ask(first.id), await ask(second.id)], ['owner', 'viewer'])
  t.deepEqual([await mine(first.id), await mine(second.id)], [true, false])
  await refused(t, stage, () => ask(null), 'TENANT_REQUIRED')
  await refused(t, stage, () => mine(null), 'TENANT_REQUIRED')
  const narrowed = await stage.asUser(first.ids.owner, first.slug)
  const other = "select app_public.explain_access('member:read', $1)"
  await refused(t, stage, () => narrowed(other, [second.id]), 'TENANT_FORBIDDEN')
  await refused(t, stage, () => narrowed('select app_public.my_permissions($1)', [second.id]), 'TENANT_FORBIDDEN')
  t.is((await narrowed(other, [first.id])).rowCount, 1)
})
