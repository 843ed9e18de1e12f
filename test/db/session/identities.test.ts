import test from 'ava'
import { hold } from '../../helpers/held.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'
import type { Caller } from '../../../server/claims.ts'

const stage = openStage(test)
const link = 'select app_hidden.link_identity($1, $2)'
const identity = (subject: string): Caller => ({ kind: 'identity', issuer: 'https://id.example', subject })

test.serial('Whoever is signed in links an identity once; it then acts as them and has no session.', async t => {
  const { cast, database, world } = stage
  await refused(t, stage, () => hold(database, identity('one')), 'IDENTITY_UNKNOWN')
  await cast.member(link, ['https://id.example', 'one'])
  await cast.member(link, ['https://id.example', 'one'])
  await refused(t, stage, () => cast.owner(link, ['https://id.example', 'one']), 'ALREADY_EXISTS')
  await refused(t, stage, () => hold(database, identity('two')), 'IDENTITY_UNKNOWN')

  const held = await hold(database, identity('one'), 'acme')
  const { rows } = await held.query(
    `select app_hidden.current_user_id() as person, app_hidden.current_organization_id() as tenant,
       app_hidden.claim('session_id') as session, current_user::text as role`
  )
  t.deepEqual(rows, [{ person: world.people.member, tenant: world.acme, session: null, role: 'rowgate_user' }])
  await t.throwsAsync(held.query(link, ['https://id.example', 'three']), { message: 'UNAUTHENTICATED' })
  await held.rollback()
  await refused(t, stage, () => hold(database, identity('one'), 'other'), 'TENANT_FORBIDDEN')
  await refused(t, stage, () => cast.key(link, ['https://id.example', 'four']), 'no grant')
  await refused(t, stage, () => cast.anonymous(link, ['https://id.example', 'four']), 'no grant')
})

test.serial('A key can be named by its id, and is refused like one named by its secret.', async t => {
  const { database, world } = stage
  const held = await hold(database, { kind: 'key_token', keyId: world.keys.acme.id })
  t.is((await held.query('select app_hidden.current_key_id() as id')).rows[0]!['id'], world.keys.acme.id)
  await held.rollback()
  for (const keyId of [world.keys.revoked.id, world.acme]) {
    await refused(t, stage, () => hold(database, { kind: 'key_token', keyId }), 'API_KEY_INVALID')
  }
  await refused(
    t,
    stage,
    () => hold(database, { kind: 'key_token', keyId: world.keys.other.id }, 'acme'),
    'TENANT_FORBIDDEN'
  )
})
