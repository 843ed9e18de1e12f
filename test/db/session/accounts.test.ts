import test from 'ava'
import { createHash, randomBytes } from 'node:crypto'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { hold, waits } from '../../helpers/held.ts'

const stage = openStage(test)
const signIn = 'select * from app_hidden.sign_in($1, $2, $3, null, $4)'
const confirm = 'select app_hidden.confirm_email($1) as status'
const reset = 'select app_hidden.reset_password($1, $2, $3)'
const change = 'select * from app_hidden.change_password($1, $2, $3, $4)'
const stretched = (password: string) => Buffer.from(`stretched ${password}`)

async function registered(verified = true) {
  const email = `${randomBytes(6).toString('hex')}@example.com`
  await stage.cast.anonymous('select app_hidden.register($1, $2, $3, $4)', [
    email,
    'Ada',
    randomBytes(16),
    stretched('old')
  ])
  const id = await value<string>(stage, 'select id from app_public.users where email = $1', [email])
  if (verified) {
    await stage.admin.query('update app_public.users set email_verified_at = now() where id = $1', [id])
    await stage.admin.query('delete from app_private.account_links where user_id = $1', [id])
  }
  return { id, email, persona: await stage.asUser(id) }
}

/** The hash of a secret as the worker notes it when it sends the mail; none when there is no such link. */
async function mailed(userId: string, purpose: string, side = 'current'): Promise<Buffer> {
  const hash = createHash('sha256').update(randomBytes(32)).digest()
  await stage.admin.query(
    `insert into app_private.account_link_tokens
     select $1, id, $4 from app_private.account_links where user_id = $2 and purpose = $3`,
    [hash, userId, purpose, side]
  )
  return hash
}
const jobs = (task: string) =>
  value<number>(stage, 'select count(*)::int from graphile_worker.jobs where task_identifier = $1', [task])
const account = (id: string) =>
  stage.admin
    .query('select email, email_verified_at is not null as verified from app_public.users where id = $1', [id])
    .then(({ rows }) => rows[0])
const alike = (minutes: number) =>
  stage.admin.query('update app_private.account_links set created_at = created_at - make_interval(mins => $1)', [
    minutes
  ])

test.serial('Registering asks to confirm the address, once a minute at most, and the link works once.', async t => {
  const before = await jobs('session/link_current')
  const { id, persona } = await registered(false)
  t.is(await jobs('session/link_current'), before + 1)
  await persona('select app_public.request_email_verification()')
  t.is(await jobs('session/link_current'), before + 1, 'within a minute there is no other')
  const first = await mailed(id, 'verify_email')
  await alike(1)
  await persona('select app_public.request_email_verification()')
  t.is(await jobs('session/link_current'), before + 2)
  await refused(t, stage, () => stage.cast.anonymous(confirm, [first]), 'LINK_INVALID')
  const second = await mailed(id, 'verify_email')
  await refused(t, stage, () => stage.cast.anonymous(reset, [second, randomBytes(16), stretched('x')]), 'LINK_INVALID')
  t.false((await account(id)).verified)
  t.is((await stage.cast.anonymous(confirm, [second])).rows[0]!['status'], 'confirmed')
  t.true((await account(id)).verified)
  await refused(t, stage, () => stage.cast.anonymous(confirm, [second]), 'LINK_INVALID')
  await refused(t, stage, () => persona('select app_public.request_email_verification()'), 'ALREADY_EXISTS')
})

test.serial('A late link is refused, and so is what is no link.', async t => {
  const { id } = await registered(false)
  const hash = await mailed(id, 'verify_email')
  await stage.admin.query('update app_private.account_links set expires_at = now() where user_id = $1', [id])
  for (const wrong of [hash, randomBytes(32), Buffer.alloc(0), null]) {
    await refused(t, stage, () => stage.cast.anonymous(confirm, [wrong]), 'LINK_INVALID')
    await refused(t, stage, () => stage.cast.anonymous(reset, [wrong, randomBytes(16), stretched('x')]), 'LINK_INVALID')
  }
  await refused(t, stage, () => stage.cast.key(confirm, [hash]), 'no grant')
})

test.serial('An address changes when both have confirmed, and links to the old one die with it.', async t => {
  const { id, email, persona } = await registered()
  const fresh = `new-${email}`
  await stage.cast.anonymous('select app_hidden.forgot_password($1)', [email])
  const resetLink = await mailed(id, 'reset_password')
  await persona('select app_public.change_email($1)', [` ${fresh.toUpperCase()} `])
  const [current, next] = [await mailed(id, 'change_email'), await mailed(id, 'change_email', 'new')]
  t.is((await stage.cast.anonymous(confirm, [next])).rows[0]!['status'], 'waiting')
  t.is((await stage.cast.anonymous(confirm, [next])).rows[0]!['status'], 'waiting', 'one address counts once')
  t.is((await account(id)).email, email)
  t.is((await stage.cast.anonymous(confirm, [current])).rows[0]!['status'], 'confirmed')
  t.deepEqual(await account(id), { email: fresh, verified: true })
  await refused(
    t,
    stage,
    () => stage.cast.anonymous(reset, [resetLink, randomBytes(16), stretched('x')]),
    'LINK_INVALID'
  )
})

test.serial('A change to an address that has an account answers alike, and its owner is told instead.', async t => {
  const [one, two] = [await registered(), await registered()]
  const free = await one.persona('select app_public.change_email($1)', [`free-${one.email}`])
  const before = [await jobs('session/already_registered'), await jobs('session/link_new')]
  await alike(1)
  t.deepEqual(await one.persona('select app_public.change_email($1)', [two.email]), free)
  t.deepEqual([await jobs('session/already_registered'), await jobs('session/link_new')], [before[0]! + 1, before[1]!])
  // Somebody registers it while it is confirmed.
  await alike(1)
  const late = `late-${one.email}`
  await one.persona('select app_public.change_email($1)', [late])
  const [current, next] = [await mailed(one.id, 'change_email'), await mailed(one.id, 'change_email', 'new')]
  await stage.cast.anonymous(confirm, [current])
  await stage.admin.query("insert into app_public.users (email, name) values ($1, 'first')", [late])
  await refused(t, stage, () => stage.cast.anonymous(confirm, [next]), 'LINK_INVALID')
  t.is((await account(one.id)).email, one.email)
})

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

test.serial('A profile changes in what is given, and is cleared by an empty text.', async t => {
  const { persona } = await registered()
  const update = 'select name, avatar_url, locale, time_zone from app_public.update_profile($1, $2, $3, $4)'
  const full = ['Ada L', 'https://example.com/a.png', 'zh-Hant-TW', 'Asia/Taipei']
  t.deepEqual(Object.values((await persona(update, full)).rows[0]!), full)
  t.deepEqual(Object.values((await persona(update, [null, null, null, null])).rows[0]!), full)
  t.deepEqual(Object.values((await persona(update, [null, '', '', ''])).rows[0]!), ['Ada L', null, null, null])
})
