import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const create = 'select * from app_public.create_custom_role($1, $2)'
const give = 'select app_public.change_member_role($1, custom_role_id => $2)'
const set = 'select app_public.set_member_permission($1, $2, $3)'
const mine = 'select app_public.my_permissions() as mine'

test.serial(
  'A role of the organization gives what it holds, and a change of it counts on the next request.',
  async t => {
    const { people, ids } = await found(stage, { owner: 'owner', person: 'viewer' })
    const role = (await people.owner(create, ['Planner', ['member:read', 'team:create', 'team:read']])).rows[0]!['id']
    await people.owner(give, [ids.person, role])
    t.deepEqual((await people.person(mine)).rows[0]!['mine'], ['member:read', 'team:create', 'team:read'])

    t.is(await outcome(people.person.attempt("select app_public.create_team('One')")), '1 row')
    await people.owner("select app_public.update_custom_role($1, permissions => '{member:read}')", [role])
    t.is(await outcome(people.person.attempt("select app_public.create_team('Two')")), 'FORBIDDEN')
    t.is(
      await outcome(people.person.attempt('select from app_public.teams')),
      '0 rows',
      'what a viewer sees is gone too'
    )
  }
)

test.serial('A role in use is not deleted without one to replace it, and a name exists once.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', person: 'viewer' })
  const role = (await people.owner(create, ['Planner', ['team:read']])).rows[0]!['id']
  await refused(t, stage, () => people.owner(create, [' planner ', []]), 'custom_roles_name_key')
  await people.owner(give, [ids.person, role])
  const error = await refused(
    t,
    stage,
    () => people.owner('select app_public.delete_custom_role($1)', [role]),
    'ROLE_IN_USE'
  )
  t.is(detail(error)['members'], 1)
  await people.owner("select app_public.delete_custom_role($1, 'member')", [role])
  t.is(await value(stage, 'select role from app_public.members where user_id = $1', [ids.person]), 'member')
  t.is((await people.owner('select from app_public.custom_roles')).rowCount, 0)
})

test.serial('What makes an owner is in no role and no grant, also for whoever writes past the verbs.', async t => {
  const { people, ids, id } = await found(stage, { owner: 'owner', person: 'viewer' })
  const role = (await people.owner(create, ['Empty', []])).rows[0]!['id']
  for (const permission of ['billing:update', 'organization:delete', 'owner:manage']) {
    await refused(t, stage, () => people.owner(create, ['Owners', [permission]]), 'INVALID_INPUT')
    await refused(t, stage, () => people.owner(set, [ids.person, permission, 'grant']), 'INVALID_INPUT')
    for (const [sql, values] of [
      ['insert into app_public.custom_role_permissions values ($1, $2, $3)', [id, role, permission]],
      ["insert into app_public.member_permissions values ($1, $2, $3, 'grant')", [id, ids.person, permission]]
    ] as const) {
      await t.throwsAsync(stage.admin.query(sql, [...values]), { message: /_permission_fkey/ })
    }
  }
  await stage.admin.query("insert into app_public.custom_role_permissions values ($1, $2, 'team:read')", [id, role])
})

test.serial('A grant adds, a denial wins over role and grant, and both count on the next request.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', person: 'viewer', admin: 'admin' })
  const verb = "select app_public.create_team('New')"
  t.is(await outcome(people.person.attempt(verb)), 'FORBIDDEN')
  await people.owner(set, [ids.person, 'team:create', 'grant'])
  t.is(await outcome(people.person.attempt(verb)), '1 row')
  await people.owner(set, [ids.person, 'team:create', 'deny'])
  t.is(await outcome(people.person.attempt(verb)), 'FORBIDDEN')
  await people.owner("select app_public.change_member_role($1, 'admin')", [ids.person])
  t.is(await outcome(people.person.attempt(verb)), 'FORBIDDEN', 'a higher role does not undo a denial')
  await people.owner(set, [ids.person, 'team:create', 'none'])
  t.is(await outcome(people.person.attempt(verb)), '1 row')
})

test.serial('A denied member sees none of what is denied.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', person: 'member' })
  await people.person("select app_public.record_usage('mine', 'openai', 'gpt-5', 1)")
  t.is((await people.person('select from app_public.usage_records')).rowCount, 1)
  await people.owner(set, [ids.person, 'usage:read', 'deny'])
  t.is((await people.person('select from app_public.usage_records')).rowCount, 0)
})

test.serial('Nobody gives what they do not hold.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', hr: 'viewer', person: 'viewer' })
  const held = ['member:create', 'member:read', 'member:update', 'role:manage', 'team:read', 'team:update']
  const role = (
    await people.owner(create, [
      'HR',
      [...held, 'organization:read', 'budget:read', 'key:read', 'price:read', 'usage:read']
    ])
  ).rows[0]!['id']
  await people.owner(give, [ids.hr, role])

  for (const [sql, values, missing] of [
    [create, ['More', ['team:read', 'team:create']], ['team:create']],
    ['select app_public.update_custom_role($1, permissions => $2)', [role, [...held, 'team:delete']], ['team:delete']],
    [set, [ids.person, 'team:delete', 'grant'], ['team:delete']],
    ["select app_public.change_member_role($1, 'member')", [ids.person], ['key:create', 'usage:record']],
    ["select app_public.change_member_role($1, 'member')", [ids.hr], ['key:create', 'usage:record']],
    ["select app_public.add_member('nobody@example.com', 'member')", [], ['key:create', 'usage:record']],
    ["select app_public.set_team_role_permission('lead', 'team_member:update', 'grant')", [], ['team_member:update']]
  ] as const) {
    const error = await refused(t, stage, () => people.hr(sql, [...values]), 'RIGHTS_EXCEEDED')
    t.is(error.code, 'RG403')
    t.deepEqual(detail(error)['missing'], missing)
  }
  t.is(await outcome(people.hr.attempt(create, ['Less', ['team:read', 'team:update']])), '1 row')
  t.is(await outcome(people.hr.attempt(set, [ids.person, 'team:update', 'grant'])), '1 row')
  t.is(await outcome(people.hr.attempt("select app_public.add_member('nobody@example.com', 'viewer')")), '1 row')
})

test.serial('Nobody takes back a denial of what they do not hold, not even their own.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', denied: 'admin', person: 'viewer' })
  await people.owner(set, [ids.denied, 'team:create', 'deny'])
  await people.owner(set, [ids.person, 'team:create', 'deny'])
  for (const person of [ids.denied, ids.person]) {
    await refused(t, stage, () => people.denied(set, [person, 'team:create', 'none']), 'RIGHTS_EXCEEDED')
  }
  await refused(
    t,
    stage,
    () => people.denied("select app_public.add_member('nobody@example.com', 'admin')"),
    'RIGHTS_EXCEEDED'
  )
  t.is(await outcome(people.denied.attempt(set, [ids.person, 'team:update', 'grant'])), '1 row')
})

test.serial('Nobody changes somebody who holds more than they do.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', helper: 'viewer', above: 'member', below: 'viewer' })
  const holds = [
    'member:delete',
    'member:read',
    'member:update',
    'organization:read',
    'team:read',
    'budget:read',
    'price:read',
    'key:read',
    'price:read',
    'usage:read'
  ]
  const role = (await people.owner(create, ['Helper', holds])).rows[0]!['id']
  await people.owner(give, [ids.helper, role])
  for (const [sql, values] of [
    ["select app_public.change_member_role($1, 'viewer')", []],
    ['select app_public.remove_member($1)', []],
    [set, ['team:read', 'deny']]
  ] as const) {
    await refused(t, stage, () => people.helper(sql, [ids.above, ...values]), 'RIGHTS_EXCEEDED')
    t.is(await outcome(people.helper.attempt(sql, [ids.below, ...values])), '1 row')
  }
  await people.owner(set, [ids.below, 'team:create', 'grant'])
  await refused(t, stage, () => people.helper('select app_public.remove_member($1)', [ids.below]), 'RIGHTS_EXCEEDED')
})

test.serial('An owner holds everything: nothing is given or denied beside it.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', second: 'owner', person: 'admin' })
  await refused(t, stage, () => people.owner(set, [ids.second, 'team:create', 'deny']), 'INVALID_INPUT')
  await people.owner(set, [ids.person, 'team:create', 'deny'])
  await people.owner("select app_public.change_member_role($1, 'owner')", [ids.person])
  t.is(await outcome(people.person.attempt("select app_public.create_team('New')")), '1 row')
})

test.serial('What a team role holds can be changed for the organization, and a denial of a member wins.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', lead: 'viewer', mate: 'viewer', person: 'viewer' })
  const other = await found(stage, { owner: 'owner', lead: 'viewer', person: 'viewer' })
  const team = (await people.owner("select * from app_public.create_team('Team')")).rows[0]!['id']
  const elsewhere = (await other.people.owner("select * from app_public.create_team('Team')")).rows[0]!['id']
  const join = 'select app_public.add_team_member($1, $2, $3)'
  await people.owner(join, [team, ids.lead, 'lead'])
  await people.owner(join, [team, ids.mate, 'member'])
  await other.people.owner(join, [elsewhere, other.ids.lead, 'lead'])
  const change = 'select app_public.set_team_role_permission($1, $2, $3)'
  const add = (who: typeof people.lead) => outcome(who.attempt(join, [team, ids.person, 'member']))

  t.deepEqual([await add(people.lead), await add(people.mate)], ['1 row', 'FORBIDDEN'])
  await people.owner(change, ['member', 'team_member:update', 'grant'])
  t.deepEqual([await add(people.lead), await add(people.mate)], ['1 row', '1 row'])
  await people.owner(change, ['lead', 'team_member:update', 'deny'])
  t.deepEqual([await add(people.lead), await add(people.mate)], ['FORBIDDEN', '1 row'])
  t.is(
    await outcome(other.people.lead.attempt(join, [elsewhere, other.ids.person, 'member'])),
    '1 row',
    'elsewhere as before'
  )
  await people.owner(set, [ids.mate, 'team_member:update', 'deny'])
  t.is(await add(people.mate), 'FORBIDDEN')
  await people.owner(change, ['lead', 'team_member:update', 'none'])
  t.is(await add(people.lead), '1 row')
})

test.serial('A lead makes nobody lead whose rights they lack themselves.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', mate: 'viewer', person: 'viewer' })
  const team = (await people.owner("select * from app_public.create_team('Team')")).rows[0]!['id']
  const join = 'select app_public.add_team_member($1, $2, $3)'
  await people.owner(join, [team, ids.mate, 'member'])
  await people.owner("select app_public.set_team_role_permission('lead', 'budget:update', 'deny')")
  await people.owner("select app_public.set_team_role_permission('member', 'team_member:update', 'grant')")
  t.is(await outcome(people.mate.attempt(join, [team, ids.person, 'lead'])), '1 row')
  await people.owner("select app_public.set_team_role_permission('lead', 'budget:update', 'none')")
  const error = await refused(t, stage, () => people.mate(join, [team, ids.person, 'lead']), 'RIGHTS_EXCEEDED')
  t.deepEqual(detail(error)['missing'], ['budget:update'])
  t.is(await outcome(people.mate.attempt(join, [team, ids.person, 'member'])), '1 row')
  await people.owner(join, [team, ids.person, 'lead'])
  const remove = 'select app_public.remove_team_member($1, $2)'
  await refused(t, stage, () => people.mate(remove, [team, ids.person]), 'RIGHTS_EXCEEDED')
})

test.serial('A demotion that is under way stops a change that waits for it.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', admin: 'admin', person: 'viewer' })
  for (const [sql, values] of [
    [set, [ids.person, 'team:create', 'grant']],
    [create, ['Late', ['team:read']]],
    ["select app_public.set_team_role_permission('lead', 'team_member:update', 'deny')", []]
  ] as const) {
    const owner = await hold(stage.database, people.owner.is)
    const admin = await hold(stage.database, people.admin.is)
    await owner.query("select app_public.change_member_role($1, 'viewer')", [ids.admin])
    const late = outcome(admin.query(sql, [...values]))
    await waits(stage.database, admin, late)
    await owner.commit()
    t.is(await late, 'FORBIDDEN')
    await admin.rollback()
    await people.owner("select app_public.change_member_role($1, 'admin')", [ids.admin])
    t.is(await outcome(people.admin.attempt(sql, [...values])), '1 row')
  }
})
