import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { outcome } from '../../helpers/refusal.ts'
import { openStage, value, type PersonaName } from '../../helpers/stage.ts'
import { auditorHolds, deniedLacks } from '../../helpers/world.ts'

const stage = openStage(test)
const roles = ['viewer', 'member', 'admin', 'owner'] as const
const held = async (role: string): Promise<string[]> =>
  (
    await stage.cast.viewer('select permission from app_public.role_permissions where role = $1 order by permission', [
      role
    ])
  ).rows.map(row => row['permission'])

/** What each role holds beyond the one below it. */
const gains: Record<(typeof roles)[number] | 'api_key', string[]> = {
  viewer: ['budget:read', 'key:read', 'member:read', 'organization:read', 'price:read', 'team:read', 'usage:read'],
  member: ['key:create', 'usage:record'],
  admin: [
    'alert:manage',
    'alert:read',
    'audit:read',
    'budget:read_all',
    'budget:update',
    'health:read',
    'key:read_all',
    'key:revoke_all',
    'key:update_all',
    'member:create',
    'member:delete',
    'member:update',
    'organization:update',
    'price:update',
    'quota:read',
    'role:manage',
    'storage:report',
    'team:create',
    'team:delete',
    'team:update',
    'team_member:update',
    'usage:read_all',
    'usage:record_all'
  ],
  owner: ['billing:update', 'organization:delete', 'owner:manage'],
  api_key: [
    'budget:read',
    'organization:read',
    'price:read',
    'storage:report',
    'team:read',
    'usage:read',
    'usage:record',
    'usage:record_all'
  ]
}

test.serial('Each role holds what the one below it holds, and exactly this beyond it.', async t => {
  let below: string[] = []
  for (const role of roles) {
    const all = await held(role)
    t.deepEqual(
      all.filter(permission => !below.includes(permission)),
      gains[role],
      role
    )
    t.deepEqual(
      below.filter(permission => !all.includes(permission)),
      [],
      `${role} lacks nothing of the role below`
    )
    below = all
  }
  t.deepEqual(await held('api_key'), gains.api_key)
  const known = await stage.cast.viewer('select name from app_public.permissions order by name')
  t.deepEqual(
    known.rows.map(row => row['name']),
    below,
    'an owner holds every permission that there is'
  )
})

test.serial('Every permission is held by exactly whom the roles say, in their organization and no other.', async t => {
  const holds: Partial<Record<PersonaName, string[]>> = {
    owner: await held('owner'),
    admin: await held('admin'),
    member: await held('member'),
    viewer: await held('viewer'),
    lead: await held('member'),
    otherTeam: await held('member'),
    auditor: auditorHolds,
    denied: (await held('admin')).filter(permission => !deniedLacks.includes(permission)),
    stranger: await held('owner'),
    key: await held('api_key')
  }
  for (const permission of await held('owner')) {
    for (const [name, persona] of Object.entries(stage.cast) as [PersonaName, typeof stage.cast.owner][]) {
      if (name === 'revokedKey') continue
      const { rows } = await persona('select app_hidden.organizations_permitting($1) as ids', [permission])
      const expected = holds[name]?.includes(permission)
        ? [name === 'stranger' ? stage.world.other : stage.world.acme]
        : []
      t.deepEqual(rows[0]!['ids'], expected, `${name} ${permission}`)
    }
  }
})
test.serial('An unknown permission is held by nobody.', async t => {
  for (const permission of ['', 'team', 'team:*', '*', null]) {
    const { rows } = await stage.cast.owner('select app_hidden.organizations_permitting($1) as ids', [permission])
    t.deepEqual(rows[0]!['ids'], [])
  }
})

test.serial('A permission that is taken from a role counts on the next statement.', async t => {
  const { people } = await found(stage, { admin: 'admin' })
  const verb = "select app_public.create_team('New')"
  t.is(await outcome(people.admin.attempt(verb)), '1 row')
  await stage.admin.query("delete from app_public.role_permissions where role = 'admin' and permission = 'team:create'")
  t.is(await outcome(people.admin(verb)), 'FORBIDDEN')
  await stage.admin.query("insert into app_public.role_permissions values ('admin', 'team:create')")
  t.is(await outcome(people.admin.attempt(verb)), '1 row')
})

test.serial('A team role reaches down the tree and never up or beside it, in one organization only.', async t => {
  const { people, id, ids } = await found(stage, { owner: 'owner', top: 'member', middle: 'member', none: 'viewer' })
  const team = async (name: string, parent: string | null) =>
    (await people.owner('select * from app_public.create_team($1, $2)', [name, parent])).rows[0]!['id'] as string
  const top = await team('top', null)
  const middle = await team('middle', top)
  const bottom = await team('bottom', middle)
  await team('beside', top)
  for (const [person, where] of [
    ['top', top],
    ['middle', middle]
  ] as const) {
    await people.owner('select app_public.add_team_member($1, $2)', [where, ids[person]])
  }
  const reach = async (name: keyof typeof people) => {
    const { rows } = await people[name]('select array(select app_hidden.reachable_teams()) as ids')
    const names = 'select coalesce(array_agg(name order by name), $2) from app_public.teams where id = any ($1)'
    return value(stage, names, [rows[0]!['ids'], []])
  }
  t.deepEqual(await reach('top'), ['beside', 'bottom', 'middle', 'top'])
  t.deepEqual(await reach('middle'), ['bottom', 'middle'])
  t.deepEqual(await reach('none'), [])
  await people.owner('select app_public.delete_team($1)', [bottom])
  await stage.admin.query("update app_public.organizations set status = 'suspended' where id = $1", [id])
  t.deepEqual(await reach('top'), [])
})

test.serial('Everybody can ask in which teams a role there lets them do something: as the verbs decide.', async t => {
  const { cast, world } = stage
  const { engineering, backend } = world.teams
  const mine = async (name: PersonaName, permission: string): Promise<string[]> =>
    (await cast[name]('select app_public.my_teams_permitting($1) as teams', [permission])).rows[0]!['teams']
  for (const permission of ['budget:update', 'team_member:update']) {
    const teams = await mine('lead', permission)
    t.true([engineering, backend].every(team => teams.includes(team)))
    t.false(teams.includes(world.teams.sales))
    t.deepEqual(await mine('member', permission), [])
    for (const team of Object.values(world.teams)) {
      const { rows } = await cast
        .lead('select allowed from app_public.explain_access($1, null, $2)', [permission, team])
        .catch(() => ({ rows: [{ allowed: false }] }))
      t.is(teams.includes(team), rows[0]!['allowed'], team)
    }
  }
})

test.serial('Everybody can ask what they may do, and a changed role counts at once.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', member: 'member' })
  const mine = async (name: keyof typeof people) =>
    (await people[name]('select app_public.my_permissions() as mine')).rows[0]!['mine']
  const of = (role: string) =>
    value(stage, 'select array_agg(permission order by permission) from app_public.role_permissions where role = $1', [
      role
    ])
  t.deepEqual(await mine('owner'), await of('owner'))
  t.deepEqual(await mine('member'), await of('member'))
  await people.owner("select app_public.change_member_role($1, 'viewer')", [ids.member])
  t.deepEqual(await mine('member'), await of('viewer'))
})
