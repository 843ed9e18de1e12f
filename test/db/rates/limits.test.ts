import test from 'ava'
import { outcome } from '../../helpers/refusal.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { openStage } from '../../helpers/stage.ts'
import type { Persona } from '../../helpers/personas.ts'

const stage = openStage(test)
const set = (
  values: [scope: string, rate: number | null, burst: number | null, plan: string | null, id: string | null]
) => stage.admin.query('select app_hidden.set_rate_limit($1, $2, $3, $4, $5)', values)
const limits = async (persona: Persona) =>
  (await persona('select scope, principal, quota, seconds, burst from app_hidden.request_limits()')).rows.map(
    ({ scope, principal, quota, seconds, burst }) => [scope, principal, quota, seconds, burst]
  )

test.serial('A request takes from its key, its person, its organization and all, the narrowest first.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner' })
  const key = await foundKey(stage, id, ids.owner)
  t.deepEqual(await limits(people.owner), [
    ['person', ids.owner, 10, 1, 100],
    ['tenant', id, 100, 1, 1000],
    ['global', null, 1000, 1, 10000]
  ])
  t.deepEqual(await limits(key.persona), [
    ['key', key.id, 100, 60, 100],
    ['tenant', id, 100, 1, 1000],
    ['global', null, 1000, 1, 10000]
  ])
  t.deepEqual(await limits(stage.cast.anonymous), [['global', null, 1000, 1, 10000]])
  t.deepEqual(
    (await limits(stage.cast.nobody)).map(([scope]) => scope),
    ['person', 'global'],
    'no tenant, no bucket'
  )
})

test.serial("The organization's own limit counts before its plan's, and that before everybody's.", async t => {
  const { id, people } = await found(stage, { owner: 'owner' }, undefined, 'free')
  const other = await found(stage, { owner: 'owner' }, undefined, 'free')
  const tenant = async (persona: Persona) => (await limits(persona)).find(([scope]) => scope === 'tenant')!.slice(2)

  await set(['tenant', 200, 20, null, null])
  t.deepEqual(await tenant(people.owner), [200, 1, 20])
  await set(['tenant', 300, 30, 'free', null])
  t.deepEqual(await tenant(people.owner), [300, 1, 30])
  await set(['tenant', 400, 40, null, id])
  t.deepEqual(await tenant(people.owner), [400, 1, 40])
  t.deepEqual(await tenant(other.people.owner), [300, 1, 30], 'the other organization of the plan')
  await set(['tenant', 401, 41, null, id])
  t.deepEqual(await tenant(people.owner), [401, 1, 41], 'set again')

  await set(['tenant', null, null, null, id])
  t.deepEqual(await tenant(people.owner), [300, 1, 30], 'taken back')
  await set(['tenant', null, null, 'free', null])
  await set(['tenant', null, null, null, null])
  t.deepEqual(await tenant(people.owner), [100, 1, 1000])
})

test.serial('A limit that makes no sense is refused.', async t => {
  await t.throwsAsync(set(['person', 10, 49, null, null]), { message: /rate_limits_person_burst/ })
  await t.throwsAsync(set(['global', 10, 10, 'free', null]), { message: /rate_limits_global_alone/ })
  await t.throwsAsync(set(['tenant', 0, 10, null, null]), { message: /rate_check/ })
  await t.throwsAsync(set(['tenant', 1, 1, 'free', stage.world.acme]), { message: /rate_limits_one_level/ })
  await t.throwsAsync(set(['planet', 1, 1, null, null]), { message: /scope_check/ })
  await t.notThrowsAsync(set(['person', 10, 50, null, null]))
  await set(['person', null, null, null, null])
})

test.serial('Nobody who calls the API can set one, and an administrator as owner can.', async t => {
  const sql = "select app_hidden.set_rate_limit('global', 1, 1)"
  for (const persona of [stage.cast.owner, stage.cast.key, stage.cast.anonymous]) {
    t.is(await outcome(persona.attempt(sql)), 'no grant')
  }
  const client = await stage.admin.connect()
  t.teardown(() => client.release())
  await client.query('begin; set local role rowgate_owner')
  t.is(await outcome(client.query(sql) as any), '1 row')
  await client.query('rollback')
})
