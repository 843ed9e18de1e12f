import test from 'ava'
import { randomBytes } from 'node:crypto'
import { refused } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'
import { confirm, reset, scene, stretched } from './scene.ts'

const stage = openStage(test)
const { registered, mailed, jobs, account, later } = scene(stage)

test.serial('Registering asks to confirm the address, once a minute at most, and the link works once.', async t => {
  const before = await jobs('session/link_current')
  const { id, persona } = await registered(false)
  t.is(await jobs('session/link_current'), before + 1)
  await refused(t, stage, () => persona('select app_public.request_email_verification()'), 'JUST_SENT')
  const first = await mailed(id, 'verify_email')
  await later(1)
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
  await refused(t, stage, () => persona('select app_public.change_email($1)', [`x-${email}`]), 'JUST_SENT')
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
  await later(1)
  t.deepEqual(await one.persona('select app_public.change_email($1)', [two.email]), free)
  t.deepEqual([await jobs('session/already_registered'), await jobs('session/link_new')], [before[0]! + 1, before[1]!])
  // Somebody registers it while it is confirmed.
  await later(1)
  const late = `late-${one.email}`
  await one.persona('select app_public.change_email($1)', [late])
  const [current, next] = [await mailed(one.id, 'change_email'), await mailed(one.id, 'change_email', 'new')]
  await stage.cast.anonymous(confirm, [current])
  await stage.admin.query("insert into app_public.users (email, name) values ($1, 'first')", [late])
  await refused(t, stage, () => stage.cast.anonymous(confirm, [next]), 'LINK_INVALID')
  t.is((await account(one.id)).email, one.email)
})

test.serial('A profile changes in what is given, and is cleared by an empty text.', async t => {
  const { persona } = await registered()
  const update = 'select name, avatar_url, locale, time_zone from app_public.update_profile($1, $2, $3, $4)'
  const full = ['Ada L', 'https://example.com/a.png', 'zh-Hant-TW', 'Asia/Taipei']
  t.deepEqual(Object.values((await persona(update, full)).rows[0]!), full)
  t.deepEqual(Object.values((await persona(update, [null, null, null, null])).rows[0]!), full)
  t.deepEqual(Object.values((await persona(update, [null, '', '', ''])).rows[0]!), ['Ada L', null, null, null])
})
