import test from 'ava'
import { randomBytes } from 'node:crypto'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const change = 'select app_public.change_member_role($1, $2)'
const role = (id: string) =>
  value(stage, 'select coalesce((select role from app_public.members where user_id = $1), $2)', [id, 'gone'])

test.serial('A removed member is refused on the next request.', async t => {
  const { people, ids, slug } = await found(stage, { owner: 'owner', admin: 'admin' })
  const hinted = await stage.asUser(ids.admin, slug)
  t.is((await people.admin('select from app_public.members')).rowCount, 2)
  await people.owner('select app_public.remove_member($1)', [ids.admin])
  t.is((await people.admin('select from app_public.members')).rowCount, 0)
  t.is((await people.admin("update app_public.organizations set name = 'Mine'")).rowCount, 0)
  t.is((await people.admin('select from app_public.organizations')).rowCount, 0)
  await refused(t, stage, () => people.admin("select app_public.create_team('New')"), 'NO_ORGANIZATION')
  await refused(t, stage, () => hinted('select 1'), 'TENANT_FORBIDDEN')
  t.is(await outcome(people.owner.attempt("select app_public.create_team('New')")), '1 row')
})

test.serial('A changed role counts on the next request.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', admin: 'admin' }, 100)
  const create = "select app_public.create_team('New')"
  t.is((await people.admin('select from app_public.budgets')).rowCount, 1)
  await people.owner(change, [ids.admin, 'viewer'])
  t.is((await people.admin('select from app_public.budgets')).rowCount, 0)
  t.is((await people.admin("update app_public.organizations set name = 'Mine'")).rowCount, 0)
  t.is(await outcome(people.admin.attempt(create)), 'FORBIDDEN')
  await people.owner(change, [ids.admin, 'admin'])
  t.is(await outcome(people.admin.attempt(create)), '1 row')
})

test.serial('Everybody may leave, and nobody else goes with them.', async t => {
  const roles = { owner: 'owner', second: 'owner', admin: 'admin', member: 'member', viewer: 'viewer' }
  const { people, id } = await found(stage, roles)
  for (const [name, persona] of Object.entries(people)) {
    t.is(await outcome(persona.attempt('select app_public.leave_organization()')), '1 row', name)
  }
  await people.viewer('select app_public.leave_organization()')
  t.is(await value(stage, 'select count(*)::int from app_public.members where organization_id = $1', [id]), 4)
  await refused(t, stage, () => people.viewer('select app_public.leave_organization()'), 'NO_ORGANIZATION')
})

test.serial('No membership is written by plain SQL, not even by an owner.', async t => {
  const { people, ids, id } = await found(stage, { owner: 'owner', member: 'member' })
  for (const sql of [
    `insert into app_public.members (organization_id, user_id) values ('${id}', '${stage.world.people.nobody}')`,
    "update app_public.members set role = 'viewer'",
    `delete from app_public.members where user_id = '${ids.member}'`,
    `insert into app_public.member_permissions (organization_id, user_id, permission, effect)
     values ('${id}', '${ids.member}', 'team:update', 'grant')`,
    'delete from app_public.team_members'
  ]) {
    await refused(t, stage, () => people.owner(sql), 'no grant')
  }
})

test.serial('Whoever leaves is out of the teams as well.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', member: 'member' })
  const team = (await people.owner("select * from app_public.create_team('Team')")).rows[0]!['id']
  await people.owner('select app_public.add_team_member($1, $2)', [team, ids.member])
  await people.member('select app_public.leave_organization()')
  t.is(await value(stage, 'select count(*)::int from app_public.team_members where organization_id = $1', [id]), 0)
})

test.serial('A removed member is signed out where the token was for that organization only.', async t => {
  const { people, ids, id } = await found(stage, { owner: 'owner', member: 'member' })
  const session = await value(
    stage,
    'insert into app_private.sessions (user_id, organization_id, refresh_hash) values ($1, $2, $3) returning id',
    [ids.member, id, randomBytes(32)]
  )
  const narrowed = () => hold(stage.database, { kind: 'person', userId: ids.member, sessionId: session, tenant: id })
  await (await narrowed()).rollback()
  await people.owner('select app_public.remove_member($1)', [ids.member])
  await refused(t, stage, narrowed, 'SESSION_ENDED')
  t.is((await people.member('select from app_public.users')).rowCount, 1, 'elsewhere they stay signed in')
})

test.serial('Adding an address that nobody has answers as adding one that somebody has.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  const add = (email: string) => people.owner('select app_public.add_member($1)', [email])
  t.deepEqual(await add('missing@example.com'), await add(' Nobody@Example.com '))
  await stage.admin.query("insert into app_public.users (email, name) values ('unconfirmed@example.com', 'thief')")
  t.deepEqual(await add('missing@example.com'), await add('unconfirmed@example.com'))
  const names = await value(
    stage,
    `select array_agg(name order by name) from app_public.members join app_public.users on users.id = user_id
     where organization_id = $1`,
    [id]
  )
  t.deepEqual(names, ['nobody', 'owner'])
})

// These begin their statement while they still have the role, and end it after they have lost it.
for (const [from, to, way] of [
  ['admin', 'viewer', change],
  ['owner', 'viewer', change],
  ['owner', 'admin', change]
] as const) {
  test.serial(`An ${from} who becomes ${to} can't undo it with a change that waited for it: ${way}`, async t => {
    const { people, ids } = await found(stage, { boss: 'owner', demoted: from })
    const boss = await hold(stage.database, people.boss.is)
    const demoted = await hold(stage.database, people.demoted.is)
    await boss.query(change, [ids.demoted, to])
    const late = outcome(demoted.query(way, [ids.demoted, from]))
    await waits(stage.database, demoted, late)
    await boss.commit()
    await late
    await demoted.commit()
    t.is(await role(ids.demoted), to, await late)
  })
}

test.serial("A removed admin can't add anybody with a call that waited for the removal.", async t => {
  const { people, ids } = await found(stage, { owner: 'owner', removed: 'admin' })
  const owner = await hold(stage.database, people.owner.is)
  const removed = await hold(stage.database, people.removed.is)
  await owner.query('select app_public.remove_member($1)', [ids.removed])
  const late = outcome(removed.query("select app_public.add_member('nobody@example.com', 'admin')"))
  await waits(stage.database, removed, late)
  await owner.commit()
  t.is(await late, 'TENANT_FORBIDDEN')
  await removed.rollback()
  t.is(await role(ids.removed), 'gone')
})
