import test from 'ava'
import { randomBytes } from 'node:crypto'
import { hold, waits } from '../../helpers/held.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { reset, scene, stretched } from './scene.ts'

const stage = openStage(test)
const { registered, mailed, account } = scene(stage)
const signIn = 'select * from app_hidden.sign_in($1, $2, $3, null, $4)'
const change = 'select * from app_hidden.change_password($1, $2, $3, $4)'

test.serial('A new password comes by mail, works once, and ends all sessions.', async t => {
  const { id, email, persona } = await registered()
  const elsewhere = await stage.asUser(id)
  t.deepEqual(
    await stage.cast.anonymous('select app_hidden.forgot_password($1)', [email]),
    await stage.cast.anonymous("select app_hidden.forgot_password('nobody-has-this@example.com')")
  )
  const hash = await mailed(id, 'reset_password')
  t.regex(
    await value(stage, 'select (expires_at - now())::text from app_private.account_links where user_id = $1', [id]),
    /^00:59/
  )
  await stage.cast.anonymous(reset, [hash, randomBytes(16), stretched('new')])
  await refused(t, stage, () => persona('select 1'), 'SESSION_ENDED')
  await refused(t, stage, () => elsewhere('select 1'), 'SESSION_ENDED')
  await refused(t, stage, () => stage.cast.anonymous(reset, [hash, randomBytes(16), stretched('x')]), 'LINK_INVALID')
  const session = async (password: string) =>
    (await stage.cast.anonymous(signIn, [email, stretched(password), randomBytes(32), null])).rowCount
  t.is(await session('old'), 0)
  t.is(await session('new'), 1)
})

test.serial(
  'Who resets the password of an address that was never confirmed is rid of what somebody linked.',
  async t => {
    for (const verified of [false, true]) {
      const { id, email, persona } = await registered(verified)
      await persona("select app_hidden.link_identity('https://id.example', $1)", [email])
      await stage.cast.anonymous('select app_hidden.forgot_password($1)', [email])
      const hash = await mailed(id, 'reset_password')
      await stage.cast.anonymous(reset, [hash, randomBytes(16), stretched('new')])
      const left = await value<number>(
        stage,
        'select count(*)::int from app_private.user_identities where user_id = $1',
        [id]
      )
      t.is(left, verified ? 1 : 0)
      t.true((await account(id)).verified)
    }
  }
)

test.serial('Who changes the password knows the present one, and stays signed in here only.', async t => {
  const { id, email, persona } = await registered()
  const elsewhere = await stage.asUser(id)
  const next = [randomBytes(16), stretched('new'), null]
  t.deepEqual((await persona(change, [stretched('wrong'), ...next])).rows, [
    { changed: false, level: null, retry_after: null }
  ])
  t.deepEqual((await persona(change, [null, ...next])).rows[0]!['changed'], false)
  t.is((await elsewhere('select 1')).rowCount, 1)
  t.deepEqual((await persona(change, [stretched('old'), ...next])).rows[0]!['changed'], true)
  t.is((await persona('select 1')).rowCount, 1)
  await refused(t, stage, () => elsewhere('select 1'), 'SESSION_ENDED')
  t.is((await stage.cast.anonymous(signIn, [email, stretched('new'), randomBytes(32), null])).rowCount, 1)
})

test.serial(
  'After ten wrong passwords an account is not tried any more, from wherever, and the count stays.',
  async t => {
    const { id, email } = await registered()
    const attempt = async (password: string, network = '192.0.2.1', address = email) =>
      (await stage.cast.anonymous(signIn, [address, stretched(password), randomBytes(32), network])).rows
    for (let n = 0; n < 9; n++) t.deepEqual(await attempt('wrong'), [])
    t.is((await attempt('old'))[0]!['user_id'], id, 'the right one in time')
    for (let n = 0; n < 10; n++) t.deepEqual(await attempt('wrong', `192.0.2.${n}`), [], 'which starts anew')
    const [row] = await attempt('old', '192.0.2.99')
    t.like(row, { user_id: null, session_id: null, level: 'account' })
    t.true(row!['retry_after'] > 800 && row!['retry_after'] <= 900)
    const unknown = `nobody-${email}`
    for (let n = 0; n < 10; n++) t.deepEqual(await attempt('wrong', '192.0.2.1', unknown), [])
    t.like((await attempt('wrong', '192.0.2.1', ` ${unknown.toUpperCase()}`))[0], { level: 'account' }, 'as for nobody')

    await stage.admin.query('update app_private.sign_in_attempts set ends_at = now()')
    t.is((await attempt('old'))[0]!['user_id'], id, 'the time is over')
  }
)

test.serial('A hundred from one network are enough, whatever the account, and others go on.', async t => {
  const { id, email } = await registered()
  await stage.admin.query('delete from app_private.sign_in_attempts')
  const attempt = async (address: string, password: string, network: string) =>
    (await stage.cast.anonymous(signIn, [address, stretched(password), randomBytes(32), network])).rows
  for (let n = 0; n < 100; n++) t.deepEqual(await attempt(`guess${n}@example.com`, 'x', '198.51.100.7'), [])
  t.like((await attempt(email, 'old', '198.51.100.7'))[0], { user_id: null, level: 'address' })
  t.is((await attempt(email, 'old', '198.51.100.8'))[0]!['user_id'], id)
})

test.serial('Guesses at the same moment count one after the other.', async t => {
  const { email } = await registered()
  for (let n = 0; n < 9; n++) await stage.cast.anonymous(signIn, [email, stretched('x'), randomBytes(32), null])
  const first = await hold(stage.database, stage.cast.anonymous.is)
  const second = await hold(stage.database, stage.cast.anonymous.is)
  t.deepEqual((await first.query(signIn, [email, stretched('x'), randomBytes(32), null])).rows, [])
  const late = second.query(signIn, [email, stretched('old'), randomBytes(32), null])
  await waits(stage.database, second, late)
  await first.commit()
  t.like((await late).rows[0], { level: 'account', user_id: null })
  await second.commit()
})

test.serial('Somebody lists their sessions, with device, address and last use, and ends one or all.', async t => {
  const { email, persona } = await registered()
  const { rows } = await stage.cast.anonymous(
    "select * from app_hidden.sign_in($1, $2, $3, null, '192.0.2.0', '192.0.2.5', $4)",
    [email, stretched('old'), Buffer.alloc(32, 1), 'x'.repeat(300)]
  )
  const phone = rows[0]!['session_id']
  const list = async () => (await persona('select * from app_public.my_sessions()')).rows
  t.like(
    (await list()).find(({ id }) => id === phone),
    { device: 'x'.repeat(200), address: '192.0.2.5', current: false }
  )
  t.is((await list()).filter(({ current }) => current).length, 1)
  await stage.cast.anonymous("select * from app_hidden.refresh_session($1, $2, '192.0.2.6', 'Phone')", [
    Buffer.alloc(32, 1),
    Buffer.alloc(32, 2)
  ])
  t.like(
    (await list()).find(({ id }) => id === phone),
    { device: 'Phone', address: '192.0.2.6' }
  )
  await persona('select app_public.end_session($1)', [phone])
  t.deepEqual(
    (await list()).map(({ current }) => current),
    [true]
  )
  await refused(t, stage, () => persona('select app_public.end_session($1)', [phone]), 'NOT_FOUND')
  const { rows: all } = await persona('select app_public.sign_out_everywhere()')
  t.is(all[0]!['sign_out_everywhere'], 1)
  await refused(t, stage, () => persona('select 1'), 'SESSION_ENDED')
})
