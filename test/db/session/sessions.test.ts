import test from 'ava'
import { randomBytes, randomUUID } from 'node:crypto'
import { hold, waits } from '../../helpers/held.ts'
import type { Caller } from '../../../server/claims.ts'
import { refusal, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const refresh = 'select * from app_hidden.refresh_session($1, $2)'
const sessionOf = (caller: Caller) => (caller.kind === 'person' ? caller.sessionId : '')

/** Somebody signed in, with the hash of the refresh token. */
async function signedIn() {
  const persona = await stage.asUser(stage.world.people.member)
  const id = sessionOf(persona.is)
  const token = randomBytes(32)
  await stage.admin.query('update app_private.sessions set refresh_hash = $2 where id = $1', [id, token])
  return { persona, id, token }
}

test.serial('A refresh token is exchanged for the next one, which works.', async t => {
  const { id, token } = await signedIn()
  const { anonymous } = stage.cast
  const [second, third] = [randomBytes(32), randomBytes(32)]
  t.deepEqual((await anonymous(refresh, [token, second])).rows, [
    { user_id: stage.world.people.member, session_id: id, organization_id: null, reused: false }
  ])
  t.is((await anonymous(refresh, [second, third])).rowCount, 1)
  for (const wrong of [null, Buffer.alloc(0), randomBytes(32)]) {
    t.deepEqual((await anonymous(refresh, [wrong, randomBytes(32)])).rows, [])
  }
  t.deepEqual(await value(stage, 'select refresh_hash from app_private.sessions where id = $1', [id]), third)
})

test.serial(
  'A refresh token that comes back ends its session, says so, and is nothing special after that.',
  async t => {
    const { persona, id, token } = await signedIn()
    const elsewhere = await signedIn()
    const { anonymous } = stage.cast
    const next = randomBytes(32)
    await anonymous(refresh, [token, next])
    t.deepEqual((await anonymous(refresh, [token, randomBytes(32)])).rows, [
      { user_id: null, session_id: null, organization_id: null, reused: true }
    ])
    t.deepEqual(
      await value(stage, 'select ended_because from app_private.sessions where id = $1 and ended_at is not null', [id]),
      'refresh_token_reused'
    )
    await refused(t, stage, () => persona('select 1'), 'SESSION_ENDED')
    t.deepEqual((await anonymous(refresh, [next, randomBytes(32)])).rows, [], 'the next one is dead as well')
    t.deepEqual((await anonymous(refresh, [token, randomBytes(32)])).rows, [])
    t.is((await elsewhere.persona('select 1')).rowCount, 1, 'another session of the same person')
  }
)

test.serial('Of two refreshes at the same moment exactly one wins, and the other one ends the session.', async t => {
  const { id, token } = await signedIn()
  const first = await hold(stage.database, stage.cast.anonymous.is)
  const second = await hold(stage.database, stage.cast.anonymous.is)
  t.is((await first.query(refresh, [token, randomBytes(32)])).rowCount, 1)
  const late = second.query(refresh, [token, randomBytes(32)])
  await waits(stage.database, second, late)
  await first.commit()
  t.is((await late).rows[0]!['reused'], true)
  await second.commit()
  t.truthy(await value(stage, 'select ended_at from app_private.sessions where id = $1', [id]))
})

test.serial('A refresh that was rolled back leaves the token good for the one that waited.', async t => {
  const { token } = await signedIn()
  const first = await hold(stage.database, stage.cast.anonymous.is)
  const second = await hold(stage.database, stage.cast.anonymous.is)
  await first.query(refresh, [token, randomBytes(32)])
  const late = second.query(refresh, [token, randomBytes(32)])
  await waits(stage.database, second, late)
  await first.rollback()
  t.is((await late).rowCount, 1)
  await second.commit()
})

test.serial('Signing out ends the session for the token, for its refresh token, and for no other session.', async t => {
  const { persona, token } = await signedIn()
  const elsewhere = await signedIn()
  await persona('select app_public.sign_out()')
  await refused(t, stage, () => persona('select 1'), 'SESSION_ENDED')
  t.is((await stage.cast.anonymous(refresh, [token, randomBytes(32)])).rowCount, 0)
  t.is((await elsewhere.persona('select app_public.me()')).rowCount, 1)
  t.is((await stage.cast.anonymous(refresh, [elsewhere.token, randomBytes(32)])).rowCount, 1)
})

test.serial('Two sign-outs at the same moment end the session once.', async t => {
  const { persona } = await signedIn()
  const first = await hold(stage.database, persona.is)
  const second = await hold(stage.database, persona.is)
  await first.query('select app_public.sign_out()')
  const late = second.query('select app_public.sign_out()').then(() => 'done', refusal)
  await waits(stage.database, second, late)
  await first.commit()
  t.is(await late, 'SESSION_ENDED')
  await second.rollback()
})

test.serial('An expired session is refused, by access token and by refresh token.', async t => {
  const { persona, id, token } = await signedIn()
  t.is((await persona('select 1')).rowCount, 1)
  await stage.admin.query('update app_private.sessions set expires_at = now() where id = $1', [id])
  await refused(t, stage, () => persona('select 1'), 'SESSION_ENDED')
  t.is((await stage.cast.anonymous(refresh, [token, randomBytes(32)])).rowCount, 0)
})

test.serial("A session is refused under somebody else's name, unknown, or not named at all.", async t => {
  const { id } = await signedIn()
  const { member, owner } = stage.world.people
  for (const [userId, sessionId] of [
    [owner, id],
    [member, randomUUID()],
    [randomUUID(), id],
    [member, null],
    [null, id],
    [null, null]
  ]) {
    const work = () => hold(stage.database, { kind: 'person', userId, sessionId } as Caller)
    await refused(t, stage, work, 'SESSION_ENDED')
  }
  await (await hold(stage.database, { kind: 'person', userId: member, sessionId: id })).rollback()
})

test.serial('A transaction that resolves nobody fails instead of going on as somebody.', async t => {
  for (const kind of ['admin', '', null, 'job']) {
    const resolve = "select app_hidden.resolve_request($1, $2, $3, null, '{}', 'x')"
    const held = await hold(stage.database, stage.cast.anonymous.is)
    await held.query('reset role')
    const error = await held.query(resolve, [kind, stage.world.people.owner, null]).catch(error => error)
    t.is(error.code, '20000', String(kind))
    await held.rollback()
  }
})

test.serial('Every request writes every claim anew, so nothing of an earlier one shows through.', async t => {
  const held = await hold(stage.database, (await signedIn()).persona.is)
  const claims = `select app_hidden.current_user_id() as person, app_hidden.current_key_id() as key,
    app_hidden.current_organization_id() as organization, app_hidden.claim('session_id') as session`
  t.truthy((await held.query(claims)).rows[0]!['person'])
  await held.query('reset role')
  await held.query("select app_hidden.resolve_request('anonymous', null, null, null, null, 'x')")
  await held.query('set local role rowgate_anonymous')
  t.deepEqual((await held.query(claims)).rows, [{ person: null, key: null, organization: null, session: null }])
  await held.rollback()
})
