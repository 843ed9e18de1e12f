import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const roles = (id: string) =>
  value<string[]>(
    stage,
    `select coalesce(array_agg(users.name || ' ' || role order by users.name), '{}')
   from app_public.members join app_public.users on users.id = user_id where organization_id = $1`,
    [id]
  )
const change = 'select app_public.change_member_role($1, $2)'
const remove = 'select app_public.remove_member($1)'
const leave = 'select app_public.leave_organization()'

test.serial('The last owner can neither leave nor be demoted.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', second: 'member' })
  await refused(t, stage, () => people.owner(change, [ids.owner, 'admin']), 'LAST_OWNER')
  await refused(t, stage, () => people.owner(leave), 'LAST_OWNER')
  for (const sql of ["update app_public.members set role = 'viewer'", 'delete from app_public.members']) {
    await refused(t, stage, () => stage.admin.query(`${sql} where user_id = $1`, [ids.owner]), 'LAST_OWNER')
  }
  await people.owner(change, [ids.second, 'owner'])
  await people.owner(leave)
  t.deepEqual(await roles(id), ['second owner'], 'with another owner they may go')
})

test.serial('An admin can neither touch an owner nor make one.', async t => {
  const { people, ids, id } = await found(stage, { admin: 'admin', member: 'member', owner: 'owner', second: 'owner' })
  const refusals: [string, unknown[]][] = [
    [change, [ids.owner, 'viewer']],
    [change, [ids.member, 'owner']],
    [change, [ids.admin, 'owner']],
    [remove, [ids.owner]],
    ["select app_public.add_member('nobody@example.com', 'owner')", []]
  ]
  for (const [sql, values] of refusals) {
    const error = await refused(t, stage, () => people.admin(sql, values), 'RIGHTS_EXCEEDED')
    t.deepEqual(detail(error)['missing'], ['billing:update', 'organization:delete', 'owner:manage'])
  }
  t.is(await outcome(people.owner.attempt(change, [ids.second, 'viewer'])), '1 row')
  t.is(await outcome(people.owner.attempt(remove, [ids.second])), '1 row')
  await people.admin(change, [ids.member, 'viewer'])
  t.deepEqual(await roles(id), ['admin admin', 'member viewer', 'owner owner', 'second owner'])
})

for (const [title, first, second, refusal, left] of [
  ['demote', change, change, 'RIGHTS_EXCEEDED', ['a owner', 'b admin']],
  ['remove', remove, remove, 'TENANT_FORBIDDEN', ['a owner']],
  ['demote and remove', change, remove, 'RIGHTS_EXCEEDED', ['a owner', 'b admin']]
] as const) {
  test.serial(`Of two owners who ${title} each other at the same moment, the second is refused.`, async t => {
    const { id, people, ids } = await found(stage, { a: 'owner', b: 'owner' })
    const values = (sql: string, who: string) => (sql === change ? [who, 'admin'] : [who])
    const a = await hold(stage.database, people.a.is)
    const b = await hold(stage.database, people.b.is)
    await a.query(first, values(first, ids.b))
    const late = outcome(b.query(second, values(second, ids.a)))
    await waits(stage.database, b, late)
    await a.commit()
    // Behind the lock the second is no owner any more.
    t.is(await late, refusal)
    await b.rollback()
    t.deepEqual(await roles(id), left)
  })
}

test.serial('Two owners who leave at the same moment leave one of them behind.', async t => {
  const { id, people } = await found(stage, { a: 'owner', b: 'owner' })
  const a = await hold(stage.database, people.a.is)
  const b = await hold(stage.database, people.b.is)
  await a.query(leave)
  const late = outcome(b.query(leave))
  await waits(stage.database, b, late)
  await a.commit()
  t.is(await late, 'LAST_OWNER')
  await b.rollback()
  t.deepEqual(await roles(id), ['b owner'])
})

test.serial('A removal by an admin that waited for a promotion does not remove the new owner.', async t => {
  const { id, people, ids } = await found(stage, { admin: 'admin', member: 'member', owner: 'owner' })
  const owner = await hold(stage.database, people.owner.is)
  const admin = await hold(stage.database, people.admin.is)
  await owner.query(change, [ids.member, 'owner'])
  const late = outcome(admin.query(remove, [ids.member]))
  await waits(stage.database, admin, late)
  await owner.commit()
  t.is(await late, 'RIGHTS_EXCEEDED')
  await admin.rollback()
  t.deepEqual(await roles(id), ['admin admin', 'member owner', 'owner owner'])
})
