import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const offer = 'select id, status from app_public.offer_ownership($1, $2)'
const accept = 'select status from app_public.accept_ownership($1)'
const cancel = 'select status from app_public.cancel_ownership_offer($1)'
const roles = (id: string) =>
  value<string[]>(
    stage,
    `select array_agg(name || ' ' || role order by name) from app_public.members join app_public.users on users.id = user_id
     where organization_id = $1`,
    [id]
  )

test.serial('Ownership passes when the other accepts, and not before.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', heir: 'member', other: 'admin' })
  const transfer = (await people.owner(offer, [ids.heir, 'admin'])).rows[0]!
  t.deepEqual(await roles(id), ['heir member', 'other admin', 'owner owner'])
  await refused(t, stage, () => people.other(accept, [transfer['id']]), 'NOT_FOUND')
  await refused(t, stage, () => people.owner(accept, [transfer['id']]), 'NOT_FOUND')
  t.is((await people.heir('select from app_public.ownership_transfers')).rowCount, 1, 'the heir sees the offer')
  t.is((await people.other('select from app_public.ownership_transfers')).rowCount, 0)
  await people.heir(accept, [transfer['id']])
  t.deepEqual(await roles(id), ['heir owner', 'other admin', 'owner admin'])
  await refused(t, stage, () => people.heir(accept, [transfer['id']]), 'OFFER_CLOSED')
})

test.serial('There can be several owners: the one who offers may stay one.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', heir: 'viewer' })
  await people.owner("select app_public.set_member_permission($1, 'team:read', 'deny')", [ids.heir])
  const transfer = (await people.owner(offer, [ids.heir, 'owner'])).rows[0]!
  await people.heir(accept, [transfer['id']])
  t.deepEqual(await roles(id), ['heir owner', 'owner owner'])
  t.is(await outcome(people.heir.attempt("select app_public.create_team('New')")), '1 row')
  await people.owner('select app_public.leave_organization()')
  t.deepEqual(await roles(id), ['heir owner'])
})

test.serial('An offer is declined by one side and withdrawn by the other, and is closed then.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', second: 'owner', heir: 'member' })
  for (const [who, status] of [
    [people.heir, 'declined'],
    [people.owner, 'withdrawn'],
    [people.second, 'withdrawn']
  ] as const) {
    const { id } = (await people.owner(offer, [ids.heir, 'admin'])).rows[0]!
    await refused(t, stage, () => people.owner(offer, [ids.heir, 'admin']), 'ownership_transfers_open_key')
    t.is((await who(cancel, [id])).rows[0]!['status'], status)
    const error = await refused(t, stage, () => people.heir(accept, [id]), 'OFFER_CLOSED')
    t.is(detail(error)['status'], status)
    await refused(t, stage, () => who(cancel, [id]), 'OFFER_CLOSED')
  }
})

test.serial('An offer ends after seven days, with its owner, and with whom it was made to.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', second: 'owner', heir: 'member', other: 'member' })
  const late = (await people.owner(offer, [ids.heir, 'admin'])).rows[0]!
  await stage.admin.query('update app_public.ownership_transfers set expires_at = now() where id = $1', [late['id']])
  await refused(t, stage, () => people.heir(accept, [late['id']]), 'OFFER_CLOSED')
  const next = (await people.owner(offer, [ids.heir, 'admin'])).rows[0]!

  await people.second("select app_public.change_member_role($1, 'admin')", [ids.owner])
  await refused(t, stage, () => people.heir(accept, [next['id']]), 'OFFER_CLOSED')
  await people.second("select app_public.change_member_role($1, 'owner')", [ids.owner])
  t.is(await outcome(people.heir.attempt(accept, [next['id']])), '1 row')
  await people.second('select app_public.remove_member($1)', [ids.owner])
  await refused(t, stage, () => people.heir(accept, [next['id']]), 'OFFER_CLOSED')

  const last = (await people.second(offer, [ids.other, 'admin'])).rows[0]!
  await people.other('select app_public.leave_organization()')
  t.is(await value(stage, 'select status from app_public.ownership_transfers where id = $1', [last['id']]), 'withdrawn')
})

test.serial('An offer is made to a member, once, and not to an owner or oneself.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', second: 'owner', admin: 'admin' })
  await refused(t, stage, () => people.owner(offer, [ids.second, 'admin']), 'ALREADY_EXISTS')
  await refused(t, stage, () => people.owner(offer, [ids.owner, 'admin']), 'INVALID_INPUT')
  await refused(t, stage, () => people.admin(offer, [ids.second, 'admin']), 'FORBIDDEN')
  t.is(await outcome(people.owner.attempt(offer, [ids.admin, 'viewer'])), '1 row')
})

test.serial('Accepting while the offering owner is being demoted gives nothing.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', second: 'owner', heir: 'member' })
  const transfer = (await people.owner(offer, [ids.heir, 'admin'])).rows[0]!
  const second = await hold(stage.database, people.second.is)
  const heir = await hold(stage.database, people.heir.is)
  await second.query("select app_public.change_member_role($1, 'viewer')", [ids.owner])
  const late = outcome(heir.query(accept, [transfer['id']]))
  await waits(stage.database, heir, late)
  await second.commit()
  t.is(await late, 'OFFER_CLOSED')
  await heir.rollback()
  t.deepEqual(await roles(id), ['heir member', 'owner viewer', 'second owner'])
})
