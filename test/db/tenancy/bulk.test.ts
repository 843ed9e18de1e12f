import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { unknownId } from '../../helpers/verbs.ts'

const stage = openStage(test)
const roles = (id: string) =>
  value<string[]>(
    stage,
    `select array_agg(name || ' ' || role order by name) from app_public.members join app_public.users on users.id = user_id
     where organization_id = $1`,
    [id]
  )

test.serial('All or nothing: one refusal undoes what was done for the others, and says which it was.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', admin: 'admin', a: 'viewer', b: 'viewer' })
  const change = 'select * from app_public.change_member_roles($1, $2, all_or_nothing => $3)'
  const everybody = [ids.a, ids.owner, ids.b, unknownId]
  const answers = async (all: boolean) =>
    (await people.admin(change, [everybody, 'member', all])).rows.map(row => [
      row['user_id'],
      row['status'],
      row['code']
    ])
  t.deepEqual(await answers(true), [
    [ids.a, 'undone', null],
    [ids.owner, 'refused', 'RIGHTS_EXCEEDED'],
    [ids.b, 'undone', null],
    [unknownId, 'refused', 'NOT_FOUND']
  ])
  t.deepEqual(await roles(id), ['a viewer', 'admin admin', 'b viewer', 'owner owner'])
  t.deepEqual(await answers(false), [
    [ids.a, 'done', null],
    [ids.owner, 'refused', 'RIGHTS_EXCEEDED'],
    [ids.b, 'done', null],
    [unknownId, 'refused', 'NOT_FOUND']
  ])
  t.deepEqual(await roles(id), ['a member', 'admin admin', 'b member', 'owner owner'])
})

test.serial('Of all owners the last one stays, whatever the order.', async t => {
  const { id, people, ids } = await found(stage, { boss: 'owner', a: 'owner', b: 'owner' })
  const { rows } = await people.boss(
    "select * from app_public.change_member_roles($1, 'admin', all_or_nothing => false)",
    [[ids.a, ids.b, ids.boss]]
  )
  t.deepEqual(
    rows.map(row => [row['status'], row['code']]),
    [
      ['done', null],
      ['done', null],
      ['refused', 'LAST_OWNER']
    ]
  )
  t.deepEqual(await roles(id), ['a admin', 'b admin', 'boss owner'])
})

test.serial('People move from team to team with their role, or with another.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', lead: 'viewer', a: 'viewer', b: 'viewer' })
  const team = async (name: string) =>
    (await people.owner('select * from app_public.create_team($1)', [name])).rows[0]!['id'] as string
  const [from, to] = [await team('from'), await team('to')]
  await people.owner("select app_public.add_team_member($1, $2, 'lead')", [from, ids.a])
  await people.owner('select app_public.add_team_member($1, $2)', [from, ids.b])
  const places = async () =>
    (
      await stage.admin.query(
        `select teams.name || ' ' || users.name || ' ' || role as place from app_public.team_members
         join app_public.teams on teams.id = team_id join app_public.users on users.id = user_id
         where team_id = any ($1) order by 1`,
        [[from, to]]
      )
    ).rows.map(({ place }) => place)
  const move = 'select status, code from app_public.move_members($1, $2, $3, all_or_nothing => false)'
  const { rows } = await people.owner(move, [[ids.a, ids.b, ids.lead], to, from])
  t.deepEqual(rows, [
    { status: 'done', code: null },
    { status: 'done', code: null },
    { status: 'refused', code: 'NOT_FOUND' }
  ])
  t.deepEqual(await places(), ['to a lead', 'to b member'])

  await people.owner("select app_public.add_team_member($1, $2, 'lead')", [to, ids.lead])
  const away = await people.lead(move, [[ids.b], from, to])
  t.deepEqual(away.rows, [{ status: 'refused', code: 'FORBIDDEN' }], 'a lead puts nobody into a team they do not lead')
  t.deepEqual(await places(), ['to a lead', 'to b member', 'to lead lead'])
})

test.serial('500 people are removed in one call, and 501 are refused.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', viewer: 'viewer' })
  const { rows } = await stage.admin.query(
    `with person as (
       insert into app_public.users (email, name)
       select 'crowd-' || n || '@' || $2 || '.example', 'crowd' from generate_series(1, 501) as n returning id
     )
     insert into app_public.members (organization_id, user_id, role) select $1, id, 'viewer' from person returning user_id`,
    [id, id]
  )
  const crowd = rows.map(({ user_id }) => user_id)
  const remove = 'select status from app_public.remove_members($1)'
  await refused(t, stage, () => people.owner(remove, [crowd]), 'INVALID_INPUT')
  await refused(t, stage, () => people.viewer(remove, [crowd.slice(1)]), 'FORBIDDEN')
  t.is(await outcome(people.owner(remove, [crowd.slice(1)])), '500 rows')
  t.is(await value(stage, 'select count(*)::int from app_public.members where organization_id = $1', [id]), 3)
  t.truthy(ids)
})
