import test from 'ava'
import { found, type Organization } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
let first: Organization<'owner' | 'member'>
let second: Organization<'owner' | 'member'>
let nowhere: Persona
let there: Persona
let team: string

test.serial.before(async () => {
  first = await found(stage, { owner: 'owner', member: 'member' }, 100)
  second = await found(stage, { owner: 'owner', member: 'member' }, 100)
  await stage.admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'owner')", [
    second.id,
    first.ids.owner
  ])
  team = await value(stage, "insert into app_public.teams (organization_id, name) values ($1, 'Team') returning id", [
    first.id
  ])
  await stage.admin.query('insert into app_public.team_members values ($1, $2, $3)', [first.id, team, first.ids.member])
  await stage.admin.query(
    `insert into app_public.org_api_keys (organization_id, name, key_prefix, last_four, created_by, scopes)
     values ($1, 'key', 'rg_live_000000000000', '0000', $2, '{}')`,
    [first.id, first.ids.owner]
  )
  nowhere = first.people.owner
  there = await stage.asUser(first.ids.owner, first.slug)
})

test.serial(
  'A person with several organizations lists them without choosing, and reads inside one once it is chosen.',
  async t => {
    const sql = 'select slug from app_public.organizations order by slug'
    t.deepEqual(
      (await nowhere(sql)).rows.map(row => row['slug']),
      [first.slug, second.slug].sort()
    )
    t.deepEqual(
      (await there(sql)).rows.map(row => row['slug']),
      [first.slug]
    )
    const members = 'select distinct organization_id as id from app_public.members'
    const error = await refused(t, stage, () => nowhere(members), 'TENANT_REQUIRED')
    t.is((detail(error)['organizations'] as unknown[]).length, 2)
    t.is((await nowhere('select * from app_public.me()')).rows[0]!['id'], first.ids.owner, 'oneself')
    t.deepEqual((await there(members)).rows, [{ id: first.id }])
  }
)

test.serial('A verb that needs a tenant lists the organizations to choose from.', async t => {
  const error = await refused(t, stage, () => nowhere("select app_public.create_team('New')"), 'TENANT_REQUIRED')
  t.is(error.code, 'RG422')
  const choices = [first, second].map(({ id, slug }) => ({ id, slug, name: slug }))
  t.deepEqual(
    detail(error)['organizations'],
    choices.sort((a, b) => (a.name < b.name ? -1 : 1))
  )
  t.is(await outcome(there.attempt("select app_public.create_team('New')")), '1 row')
})

const writes: [string, (which: typeof first) => unknown[]][] = [
  ["insert into app_public.teams (organization_id, name) values ($1, 'New')", ({ id }) => [id]],
  ["update app_public.teams set name = 'New' where organization_id = $1", ({ id }) => [id]],
  ["update app_public.organizations set name = 'New' where id = $1", ({ id }) => [id]]
]
for (const [sql, values] of writes) {
  test.serial(`Without a chosen tenant nothing is written: ${sql}`, async t => {
    t.is(await outcome(nowhere.attempt(sql, values(first))), 'TENANT_REQUIRED')
    t.is(await outcome(there.attempt(sql, values(first))), '1 row', 'with the tenant chosen it is')
    if (!sql.startsWith('insert')) t.is(await outcome(there.attempt(sql, values(second))), '0 rows', 'elsewhere')
    else t.is(await outcome(there.attempt(sql, values(second))), 'policy', 'elsewhere')
  })
}

test.serial('Also whoever joins a team, leaves or changes a role needs a chosen tenant.', async t => {
  for (const [sql, values] of [
    ['select app_public.add_team_member($1, $2)', [team, first.ids.owner]],
    ['select app_public.remove_team_member($1, $2)', [team, first.ids.member]],
    ["select app_public.change_member_role($1, 'viewer')", [first.ids.member]],
    ['select app_public.remove_member($1)', [first.ids.member]],
    ["select app_public.set_member_permission($1, 'team:update', 'grant')", [first.ids.member]]
  ] as const) {
    await refused(t, stage, () => nowhere(sql, [...values]), 'TENANT_REQUIRED')
    t.is(await outcome(there.attempt(sql, [...values])), '1 row')
  }
})
