import test from 'ava'
import { createHash, randomBytes } from 'node:crypto'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const signIn = 'select * from app_hidden.sign_in($1, $2, $3, $4)'
const key = Buffer.from('the stretched password of the owner')
const salt = randomBytes(16)

test.serial.before(async () => {
  await stage.admin.query('insert into app_private.user_passwords (user_id, salt, verifier) values ($1, $2, $3)', [
    stage.world.people.owner,
    salt,
    createHash('sha256').update(key).digest()
  ])
})

test.serial('The right password opens a session, whatever the case of the address.', async t => {
  const { anonymous } = stage.cast
  for (const [email, tenant, organization] of [
    ['owner@example.com', '', null],
    [' OWNER@Example.COM ', null, null],
    ['owner@example.com', 'ACME', stage.world.acme],
    ['owner@example.com', stage.world.acme, stage.world.acme]
  ] as const) {
    const { rows } = await anonymous(signIn, [email, key, randomBytes(32), tenant])
    t.is(rows.length, 1)
    t.is(rows[0]!['user_id'], stage.world.people.owner)
    t.is(rows[0]!['organization_id'], organization)
    const session = await stage.admin.query('select * from app_private.sessions where id = $1', [
      rows[0]!['session_id']
    ])
    t.is(session.rows[0].user_id, stage.world.people.owner)
    t.is(session.rows[0].ended_at, null)
  }
})

test.serial(
  'A wrong password, an unknown address and one without a password get the same answer: no row, no session.',
  async t => {
    const sessions = () => value(stage, 'select count(*)::int from app_private.sessions')
    const before = await sessions()
    for (const [email, password] of [
      ['owner@example.com', Buffer.from('wrong')],
      ['owner@example.com', createHash('sha256').update(key).digest()],
      ['owner@example.com', Buffer.alloc(0)],
      ['owner@example.com', null],
      ['missing@example.com', key],
      ['member@example.com', key],
      ['member@example.com', null],
      ['', key],
      [null, key]
    ] as const) {
      for (const tenant of ['', 'other', 'missing']) {
        const { rows } = await stage.cast.anonymous(signIn, [email, password, randomBytes(32), tenant])
        // How often somebody may try is another test (accounts.test.ts).
        await stage.admin.query('delete from app_private.sign_in_attempts')
        t.deepEqual(rows, [], `${email} ${tenant}`)
      }
    }
    t.is(await sessions(), before)
  }
)

test.serial('A sign-in can only be narrowed to an organization of the person.', async t => {
  for (const tenant of ['other', stage.world.other, 'missing']) {
    const work = () => stage.cast.anonymous(signIn, ['owner@example.com', key, randomBytes(32), tenant])
    await refused(t, stage, work, 'TENANT_FORBIDDEN')
  }
})

test.serial('A salt is given for every address, the same one each time only for whoever has a password.', async t => {
  const ask = async (email: string | null): Promise<Buffer> =>
    (await stage.cast.anonymous('select app_hidden.password_salt($1) as salt', [email])).rows[0]!['salt']
  t.deepEqual(await ask('owner@example.com'), salt)
  t.deepEqual(await ask('Owner@Example.com '), salt)
  for (const email of ['missing@example.com', 'member@example.com', '', null])
    t.is((await ask(email)).length, salt.length)
})

test.serial('Only somebody who is not signed in may ask for a salt, sign in or refresh.', async t => {
  for (const name of ['owner', 'nobody', 'key'] as const) {
    for (const sql of [
      "select app_hidden.password_salt('owner@example.com')",
      "select * from app_hidden.sign_in('owner@example.com', '', '', '')",
      "select * from app_hidden.refresh_session('', '')"
    ]) {
      await refused(t, stage, () => stage.cast[name](sql), 'no grant')
    }
  }
})
