import test from 'ava'
import { createHash, randomBytes } from 'node:crypto'
import { hold, waits } from '../../helpers/held.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const register = 'select app_hidden.register($1, $2, $3, $4)'
const account = (email: string | null, name: string | null = 'Ada') => [
  email,
  name,
  randomBytes(16),
  Buffer.from('stretched')
]
const mails = () =>
  value<number>(
    stage,
    "select count(*)::int from graphile_worker.jobs where task_identifier = 'session/already_registered'"
  )
const accounts = () =>
  value<string>(
    stage,
    `select string_agg(users::text || verifier || salt, ',' order by id)
   from app_public.users join app_private.user_passwords on user_id = id`
  )
const clearMails = () => stage.admin.query('delete from graphile_worker._private_jobs')

test.serial(
  'An account signs in with the password that it was registered with, of which only a hash is stored.',
  async t => {
    const values = account(' New@Example.com ', ' Ada ')
    await stage.cast.anonymous(register, values)
    const { rows } = await stage.admin.query(
      "select * from app_public.users join app_private.user_passwords on user_id = id where email = 'new@example.com'"
    )
    t.is(rows.length, 1)
    t.is(rows[0].name, 'Ada')
    t.deepEqual(rows[0].verifier, createHash('sha256').update('stretched').digest())
    const { rowCount } = await stage.cast.anonymous("select * from app_hidden.sign_in('new@example.com', $1, $2, '')", [
      values[3],
      randomBytes(32)
    ])
    t.is(rowCount, 1)
    t.is(await mails(), 0)
  }
)

test.serial(
  'A taken address answers as a free one, keeps the account as it is, and queues one mail an hour.',
  async t => {
    const free = await stage.cast.anonymous(register, account('free@example.com'))
    const before = await accounts()
    const taken = await stage.cast.anonymous(register, account('FREE@example.com', 'Somebody else'))
    t.deepEqual(taken, free)
    t.is(await mails(), 1)
    await stage.cast.nobody(register, account('free@example.com'))
    t.is(await mails(), 1)
    await clearMails()
    await stage.cast.anonymous(register, account('free@example.com'))
    t.is(await mails(), 0, 'the hour counts, not the queue')
    await stage.admin.query(
      "update app_private.user_passwords set registration_notice_at = now() - interval '1 hour 1 second'"
    )
    await stage.cast.anonymous(register, account('free@example.com'))
    t.is(await mails(), 1)
    const job = await value(stage, 'select payload from graphile_worker._private_jobs')
    t.deepEqual(Object.keys(job).sort(), ['by_request_id', 'organization_id', 'user_id'], 'ids only')
    t.is(await accounts(), before)
    await clearMails()
  }
)

test.serial('Two registrations of one address at the same moment make one account and one mail.', async t => {
  const first = await hold(stage.database, stage.cast.anonymous.is)
  const second = await hold(stage.database, stage.cast.anonymous.is)
  await first.query(register, account('race@example.com', 'First'))
  const late = second.query(register, account('race@example.com', 'Second'))
  await waits(stage.database, second, late)
  await first.commit()
  await late
  await second.commit()
  t.is(await value(stage, "select name from app_public.users where email = 'race@example.com'"), 'First')
  t.is(await mails(), 1)
})

test.serial('A malformed address or name is refused alike, whether the address is taken or not.', async t => {
  for (const email of ['owner@example.com', 'untaken@example.com']) {
    for (const [name, words] of [
      [null, 'null in name'],
      ['', 'users_name_length'],
      ['   ', 'users_name_length'],
      ['x'.repeat(201), 'users_name_length']
    ] as const) {
      await refused(t, stage, () => stage.cast.anonymous(register, account(email, name)), words)
    }
  }
  for (const [email, words] of [
    [null, 'null in email'],
    ['', 'users_email_form'],
    ['ada', 'users_email_form'],
    ['ada@localhost', 'users_email_form'],
    ['a b@example.com', 'users_email_form'],
    ['ada@example.com\nBcc: x@example.com', 'users_email_form'],
    ['Ada <ada@example.com>', 'users_email_form'],
    ['a@b.c,d@e.f', 'users_email_form'],
    [`${'x'.repeat(250)}@example.com`, 'users_email_form']
  ] as const) {
    await refused(t, stage, () => stage.cast.anonymous(register, account(email)), words)
  }
  for (const [salt, key, words] of [
    [randomBytes(15), Buffer.from('key'), 'user_passwords_salt_check'],
    [null, Buffer.from('key'), 'null in salt'],
    [randomBytes(16), null, 'null in verifier']
  ] as const) {
    await refused(t, stage, () => stage.cast.anonymous(register, ['short@example.com', 'Ada', salt, key]), words)
  }
})

test.serial('An API key registers nobody.', async t => {
  await refused(t, stage, () => stage.cast.key(register, account('key@example.com')), 'no grant')
})
