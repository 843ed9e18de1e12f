import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
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

test.serial('The last owner can neither leave nor be demoted, by verb or by plain SQL.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', second: 'member' })
  const ways: [string, unknown[]][] = [
    [change, [ids.owner, 'admin']],
    [remove, [ids.owner]],
    ["update app_public.members set role = 'viewer'", []],
    ["update app_public.members set role = 'admin' where user_id = $1", [ids.owner]],
    ['delete from app_public.members', []],
    ['delete from app_public.members where user_id = $1', [ids.owner]]
  ]
  for (const [sql, values] of ways) {
    // Of all rows at once, the own one may come first, and then counts for the next.
    const words = values.length ? 'LAST_OWNER' : ['LAST_OWNER', 'FORBIDDEN', 'TENANT_FORBIDDEN']
    await refused(t, stage, () => people.owner(sql, values), words)
  }
  await people.owner(change, [ids.second, 'owner'])
  await people.owner(remove, [ids.owner])
  t.deepEqual(await roles(id), ['second owner'], 'with another owner they may go')
})

test.serial('An admin can neither touch an owner nor make one, by verb or by plain SQL.', async t => {
  const { people, ids, id } = await found(stage, { admin: 'admin', member: 'member', owner: 'owner', second: 'owner' })
  const refusals: [string, unknown[], string | string[]][] = [
    [change, [ids.owner, 'viewer'], 'FORBIDDEN'],
    [change, [ids.member, 'owner'], 'FORBIDDEN'],
    [change, [ids.admin, 'owner'], 'FORBIDDEN'],
    [remove, [ids.owner], 'FORBIDDEN'],
    ["select app_public.add_member('nobody@example.com', 'owner')", [], 'FORBIDDEN'],
    ["update app_public.members set role = 'owner'", [], ['policy', 'FORBIDDEN']],
    ["update app_public.members set role = 'owner' where user_id = $1", [ids.admin], ['policy', 'FORBIDDEN']],
    ["update app_public.members set role = 'owner' where user_id = $1", [ids.member], ['policy', 'FORBIDDEN']]
  ]
  for (const [sql, values, words] of refusals) await refused(t, stage, () => people.admin(sql, values), words)
  for (const sql of [
    "update app_public.members set role = 'viewer' where user_id = $1",
    'delete from app_public.members where user_id = $1'
  ]) {
    t.is(await outcome(people.admin(sql, [ids.owner])), '0 rows', sql)
    t.is(await outcome(people.admin.attempt(sql, [ids.member])), '1 row', sql)
    t.is(await outcome(people.owner.attempt(sql, [ids.second])), '1 row', sql)
  }
  await people.admin("update app_public.members set role = 'viewer' where user_id <> $1", [ids.admin])
  t.deepEqual(await roles(id), ['admin admin', 'member viewer', 'owner owner', 'second owner'])
})

for (const [title, first, second, left] of [
  ['demote', change, change, ['a owner', 'b admin']],
  ['remove', remove, remove, ['a owner']],
  ['demote and remove', change, remove, ['a owner', 'b admin']]
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
    t.is(await late, 'LAST_OWNER')
    await b.rollback()
    t.deepEqual(await roles(id), left)
  })
}

test.serial('Two owners who leave at the same moment leave one of them behind.', async t => {
  const { id, people, ids } = await found(stage, { a: 'owner', b: 'owner' })
  const a = await hold(stage.database, people.a.is)
  const b = await hold(stage.database, people.b.is)
  await a.query(remove, [ids.a])
  const late = outcome(b.query(remove, [ids.b]))
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
  t.is(await late, 'NOT_FOUND')
  await admin.rollback()
  t.deepEqual(await roles(id), ['admin admin', 'member owner', 'owner owner'])
})
