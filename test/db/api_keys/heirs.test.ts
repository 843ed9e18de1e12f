import test from 'ava'
import { createHash } from 'node:crypto'
import { found, foundKey } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const usage = "select app_public.record_usage($1, 'openai', 'gpt-5', 1)"
const answersFor = (id: string) =>
  value(stage, 'select responsible_id from app_public.org_api_keys where id = $1', [id])

test.serial(
  'Keys of somebody who is removed go on and are answered for by the remover, unless they are revoked.',
  async t => {
    const { id, people, ids } = await found(stage, { owner: 'owner', admin: 'admin', a: 'member', b: 'member' }, 100)
    const [kept, revoked] = [await foundKey(stage, id, ids.a), await foundKey(stage, id, ids.b)]
    await people.admin('select app_public.remove_member($1)', [ids.a])
    t.is(await outcome(kept.persona(usage, ['kept'])), '1 row')
    t.is(await answersFor(kept.id), ids.admin)
    await people.admin("select app_public.remove_member($1, 'revoke')", [ids.b])
    await refused(t, stage, () => revoked.persona(usage, ['revoked']), 'API_KEY_INVALID')
    t.is(await answersFor(revoked.id), null)
    t.is(await value(stage, 'select created_by from app_public.org_api_keys where id = $1', [kept.id]), ids.a)
  }
)

test.serial('Keys of somebody who leaves go to the owner of longest standing, unless they are revoked.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', second: 'owner', a: 'member', b: 'member' }, 100)
  const [kept, revoked] = [await foundKey(stage, id, ids.a), await foundKey(stage, id, ids.b)]
  await people.a('select app_public.leave_organization()')
  await people.b("select app_public.leave_organization('revoke')")
  t.is(await answersFor(kept.id), ids.owner)
  t.is(await outcome(kept.persona(usage, ['kept'])), '1 row')
  await refused(t, stage, () => revoked.persona(usage, ['revoked']), 'API_KEY_INVALID')
})

test.serial('A bound key loses what its creator loses, at once; another one does not.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', creator: 'admin' }, 100)
  const create = "select (app_public.create_api_key('key', bound_to_creator => $1)).key"
  const make = async (bound: boolean) => stage.asKey((await people.creator(create, [bound])).rows[0]!['key'])
  const [bound, free] = [await make(true), await make(false)]
  let n = 0
  const both = async () => [await outcome(bound(usage, [`b${++n}`])), await outcome(free(usage, [`f${n}`]))]
  t.deepEqual(await both(), ['1 row', '1 row'])
  await people.owner("select app_public.change_member_role($1, 'viewer')", [ids.creator])
  t.deepEqual(await both(), ['FORBIDDEN', '1 row'])
  await people.owner("select app_public.set_member_permission($1, 'usage:record', 'grant')", [ids.creator])
  t.deepEqual(await both(), ['1 row', '1 row'])
  await people.owner("select app_public.set_member_permission($1, 'usage:record', 'deny')", [ids.creator])
  t.deepEqual(await both(), ['FORBIDDEN', '1 row'])
  await people.owner('select app_public.remove_member($1)', [ids.creator])
  t.deepEqual(await both(), ['1 row', '1 row'], 'it is bound to the owner now, who answers for it')
})

test.serial('Whoever asks about a key is told what it holds now, not what it was made with.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', creator: 'admin' })
  const make = async (bound: boolean) => {
    const create = "select (app_public.create_api_key('key', bound_to_creator => $1)).key"
    const key: string = (await people.creator(create, [bound])).rows[0]!['key']
    return createHash('sha256').update(key).digest()
  }
  const [bound, free] = [await make(true), await make(false)]
  const told = async (hash: Buffer): Promise<string[]> =>
    (await people.owner('select scopes from app_hidden.introspect(null, null, $1, null, null, null)', [hash])).rows[0]![
      'scopes'
    ]
  const made = await told(free)
  t.true(made.includes('usage:record'))
  t.deepEqual(await told(bound), made)
  await people.owner("select app_public.change_member_role($1, 'viewer')", [ids.creator])
  t.deepEqual(await told(free), made)
  t.deepEqual(
    await told(bound),
    made.filter(permission => !/^(usage:record|storage:report)/.test(permission))
  )
})
