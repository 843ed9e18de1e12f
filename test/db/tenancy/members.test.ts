import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const change = 'select app_public.change_member_role($1, $2)'
const role = (id: string) =>
  value(stage, 'select coalesce((select role from app_public.members where user_id = $1), $2)', [id, 'gone'])

test.serial('A removed member is refused on the next statement, also inside a request that is under way.', async t => {
  const { people, ids, slug } = await found(stage, { owner: 'owner', admin: 'admin' })
  const hinted = await stage.asUser(ids.admin, slug)
  const held = await hold(stage.database, people.admin.is)
  t.is((await held.query('select from app_public.members')).rowCount, 2)
  await people.owner('select app_public.remove_member($1)', [ids.admin])

  t.is((await held.query('select from app_public.members')).rowCount, 0)
  t.is((await held.query("update app_public.organizations set name = 'Mine'")).rowCount, 0)
  t.is(await outcome(held.query("select app_public.create_team('New')")), 'TENANT_FORBIDDEN')
  await held.rollback()
  t.is((await people.admin('select from app_public.organizations')).rowCount, 0)
  await refused(t, stage, () => people.admin("select app_public.create_team('New')"), 'NO_ORGANIZATION')
  await refused(t, stage, () => hinted('select 1'), 'TENANT_FORBIDDEN')
  t.is(await outcome(people.owner.attempt("select app_public.create_team('New')")), '1 row')
})

test.serial('A changed role counts on the next statement.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', admin: 'admin' }, 100)
  const held = await hold(stage.database, people.admin.is)
  t.is((await held.query('select from app_public.budgets')).rowCount, 1)
  await people.owner(change, [ids.admin, 'viewer'])
  t.is((await held.query('select from app_public.budgets')).rowCount, 0)
  t.is((await held.query("update app_public.organizations set name = 'Mine'")).rowCount, 0)
  t.is(await outcome(held.query('select app_public.create_budget(1)')), 'FORBIDDEN')
  await held.rollback()
  await people.owner(change, [ids.admin, 'admin'])
  t.is(await outcome(people.admin.attempt('select app_public.create_budget(1)')), '1 row')
})

test.serial('Everybody may leave, by verb or by plain SQL, and nobody else goes with them.', async t => {
  const { people, ids } = await found(stage, {
    owner: 'owner',
    second: 'owner',
    admin: 'admin',
    member: 'member',
    viewer: 'viewer'
  })
  for (const [name, persona] of Object.entries(people)) {
    const own = [ids[name as keyof typeof ids]]
    t.is(await outcome(persona.attempt('select app_public.remove_member($1)', own)), '1 row', name)
    t.is(await outcome(persona.attempt('delete from app_public.members where user_id = $1', own)), '1 row', name)
  }
  t.is(await outcome(people.member.attempt('delete from app_public.members')), '1 row')
})

test.serial('Whoever leaves is out of the teams as well.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', member: 'member' })
  const team = (await people.owner("select * from app_public.create_team('Team')")).rows[0]!['id']
  await people.owner('select app_public.add_team_member($1, $2)', [team, ids.member])
  await people.member('select app_public.remove_member($1)', [ids.member])
  t.is(await value(stage, 'select count(*)::int from app_public.team_members where organization_id = $1', [id]), 0)
})

test.serial('Adding an address that nobody has answers as adding one that somebody has.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  const add = (email: string) => people.owner('select app_public.add_member($1)', [email])
  t.deepEqual(await add('missing@example.com'), await add(' Nobody@Example.com '))
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
  ['owner', 'admin', change],
  ['admin', 'member', 'update app_public.members set role = $2 where user_id = $1'],
  ['owner', 'admin', 'update app_public.members set role = $2 where user_id = $1']
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

test.serial("A removed admin can't add themselves again with a call that was under way.", async t => {
  const { people, ids, slug } = await found(stage, { owner: 'owner', removed: 'admin' })
  // Holds the call up after it asked for the permission and before it looks at the people.
  const gate = await stage.admin.connect()
  await gate.query('begin; lock table app_public.users in access exclusive mode')
  const held = await hold(stage.database, people.removed.is)
  const late = outcome(held.query('select app_public.add_member($1, $2)', [`removed@${slug}.example`, 'admin']))
  await waits(stage.database, held, late)
  await gate.query('savepoint before')
  await gate.query('delete from app_public.members where user_id = $1', [ids.removed])
  await gate.query('commit')
  gate.release()
  await late
  await held.commit()
  t.is(await role(ids.removed), 'gone', await late)
})
