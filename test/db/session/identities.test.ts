import test from 'ava'
import { hold } from '../../helpers/held.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
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

test.serial(
  'A key can be named by its id and that of its secret, and is refused like one named by the secret itself.',
  async t => {
    const { database, world } = stage
    const token = async (keyId: string, secretOf = keyId) => ({
      kind: 'key_token' as const,
      keyId,
      secretId: await value(stage, 'select id from app_private.org_api_key_secrets where key_id = $1', [secretOf])
    })
    const held = await hold(database, await token(world.keys.acme.id))
    t.is((await held.query('select app_hidden.current_key_id() as id')).rows[0]!['id'], world.keys.acme.id)
    await held.rollback()
    for (const caller of [
      await token(world.keys.revoked.id),
      await token(world.acme, world.keys.acme.id),
      await token(world.keys.acme.id, world.keys.backend.id),
      { ...(await token(world.keys.acme.id)), secretId: world.keys.acme.id }
    ]) {
      await refused(t, stage, () => hold(database, caller), 'API_KEY_INVALID')
    }
    await refused(t, stage, async () => hold(database, await token(world.keys.other.id), 'acme'), 'TENANT_FORBIDDEN')
  }
)
