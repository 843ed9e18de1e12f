import test from 'ava'
import { randomBytes } from 'node:crypto'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { accept, scene } from './scene.ts'

const stage = openStage(test)
const { acme, somebody, invite, send, link, roleOf, jobs } = scene(stage)
const acceptAsNew = 'select * from app_hidden.accept_as_new($1, $2, $3, $4)'
const account = (name: string) => [name, randomBytes(16), Buffer.from('stretched')]

test.serial('Whoever is invited accepts once, with the role of the invitation, and is confirmed by it.', async t => {
  const organization = await acme()
  const { id, email, persona } = await somebody(false)
  const { id: invitation, hash } = await invite(organization.people.admin, email.toUpperCase(), ", 'viewer'")
  t.is(await jobs('invitations/invitation', invitation), 1)
  t.deepEqual((await persona(accept, [hash])).rows, [{ organization_id: organization.id, status: 'joined' }])
  t.is(await roleOf(organization, id), 'viewer')
  t.is(await value(stage, 'select invited_by from app_public.members where user_id = $1', [id]), organization.ids.admin)
  t.truthy(await value(stage, 'select email_verified_at from app_public.users where id = $1', [id]))
  await refused(t, stage, () => persona(accept, [hash]), 'INVITATION_ACCEPTED')
  await refused(
    t,
    stage,
    () => organization.people.admin('select app_public.revoke_invitation($1)', [invitation]),
    'INVITATION_ACCEPTED'
  )
  await refused(
    t,
    stage,
    () => organization.people.admin('select app_public.resend_invitation($1)', [invitation]),
    'INVITATION_ACCEPTED'
  )
})

test.serial('Wrong address, revoked, expired, unknown and replaced: each has its own answer.', async t => {
  const { people } = await acme()
  const { email, persona } = await somebody()
  const other = await somebody()
  const first = await invite(people.admin, email)
  await refused(t, stage, () => other.persona(accept, [first.hash]), 'INVITATION_WRONG_ADDRESS')
  await refused(t, stage, () => persona(accept, [randomBytes(32)]), 'INVITATION_UNKNOWN')
  await refused(t, stage, () => persona(accept, [null]), 'INVITATION_UNKNOWN')
  await refused(t, stage, () => stage.cast.key(accept, [first.hash]), 'no grant')
  await refused(t, stage, () => stage.cast.anonymous(accept, [first.hash]), 'no grant')

  const sent = (ago: string) =>
    stage.admin.query('update app_public.invitations set sent_at = now() - $2::interval where id = $1', [first.id, ago])
  await sent('59 seconds')
  await refused(t, stage, () => people.admin('select app_public.resend_invitation($1)', [first.id]), 'JUST_SENT')
  await sent('1 minute')
  await people.admin('select app_public.resend_invitation($1)', [first.id])
  await refused(t, stage, () => persona(accept, [first.hash]), 'INVITATION_UNKNOWN')
  const again = await send(first.id)
  await stage.admin.query('update app_public.invitations set expires_at = now() where id = $1', [first.id])
  await refused(t, stage, () => persona(accept, [again]), 'INVITATION_EXPIRED')

  const second = await invite(people.admin, email)
  t.is(
    await value(stage, 'select status from app_public.invitations where id = $1', [first.id]),
    'expired',
    'a late one makes room for another'
  )
  await refused(t, stage, () => people.admin('select app_public.resend_invitation($1)', [first.id]), 'ALREADY_EXISTS')
  await people.admin('select app_public.revoke_invitation($1)', [second.id])
  await refused(t, stage, () => persona(accept, [second.hash]), 'INVITATION_REVOKED')
  await sent('0')
  await refused(t, stage, () => people.admin('select app_public.invite_member($1)', [email]), 'JUST_SENT')
  await sent('1 minute')
  const third = await invite(people.admin, email)
  t.is((await persona(accept, [third.hash])).rowCount, 1, 'the control')
})

test.serial(
  'Whoever has no account makes one with the secret, confirmed; where there is one nothing changes.',
  async t => {
    const organization = await acme()
    const email = `${randomBytes(6).toString('hex')}@example.com`
    const { hash } = await invite(organization.people.admin, email)
    const { anonymous } = stage.cast
    await refused(t, stage, () => anonymous(acceptAsNew, [hash, ' ', ...account('x').slice(1)]), 'users_name_length')
    await refused(t, stage, () => anonymous(acceptAsNew, [randomBytes(32), ...account('New')]), 'INVITATION_UNKNOWN')
    t.is((await anonymous(acceptAsNew, [hash, ...account('New')])).rows[0]!['status'], 'joined')
    const { rows } = await stage.admin.query('select * from app_public.users where email = $1', [email])
    t.truthy(rows[0].email_verified_at)
    t.is(await roleOf(organization, rows[0].id), 'member')
    const signIn = await anonymous("select * from app_hidden.sign_in($1, $2, $3, '')", [
      email,
      Buffer.from('stretched'),
      randomBytes(32)
    ])
    t.is(signIn.rowCount, 1)

    const known = await somebody()
    const second = await invite(organization.people.admin, known.email)
    await refused(
      t,
      stage,
      () => anonymous(acceptAsNew, [second.hash, ...account('Thief')]),
      'INVITATION_NEEDS_SIGN_IN'
    )
    const code = await link(organization.people.admin)
    await refused(t, stage, () => anonymous(acceptAsNew, [code.hash, ...account('New')]), 'UNAUTHENTICATED')
  }
)

test.serial('What the inviter may no longer give is not given: removed, demoted, or denied.', async t => {
  for (const change of [
    'select app_public.remove_member($1)',
    "select app_public.change_member_role($1, 'member')",
    "select app_public.set_member_permission($1, 'member:create', 'deny')",
    "select app_public.set_member_permission($1, 'key:create', 'deny')"
  ]) {
    const { people, ids } = await acme()
    const { email, persona } = await somebody()
    const { hash } = await invite(people.admin, email)
    const code = await link(people.admin)
    await people.owner(change, [ids.admin])
    await refused(t, stage, () => persona(accept, [hash]), 'INVITATION_LAPSED')
    await refused(t, stage, () => persona(accept, [code.hash]), 'INVITATION_LAPSED')
  }
  const { people } = await acme()
  const { email, persona } = await somebody()
  await refused(
    t,
    stage,
    () => people.admin("select app_public.invite_member($1, 'owner')", [email]),
    'RIGHTS_EXCEEDED'
  )
  const { hash } = await invite(people.owner, email, ", 'owner'")
  t.is((await persona(accept, [hash])).rowCount, 1)
})

test.serial('500 addresses are invited in one call, with an answer for each.', async t => {
  const { id, people } = await acme()
  const emails = Array.from({ length: 498 }, (_, n) => `crowd${n}@example.com`)
  const { rows } = await people.admin('select * from app_public.invite_members($1)', [
    [
      ...emails,
      'nonsense',
      `member@${await value<string>(stage, 'select slug from app_public.organizations where id = $1', [id])}.example`
    ]
  ])
  t.is(rows.filter(row => row['status'] === 'invited' && row['invitation_id']).length, 498)
  t.deepEqual(
    rows.slice(-2).map(row => [row['status'], row['code']]),
    [
      ['refused', 'INVALID_INPUT'],
      ['refused', 'ALREADY_EXISTS']
    ]
  )
  t.is(await value(stage, 'select count(*)::int from app_public.invitations where organization_id = $1', [id]), 498)
})

test.serial('An invitation answers alike for an address with an account and for one without.', async t => {
  const { people } = await acme()
  const { email } = await somebody()
  const shape = async (address: string) => {
    const [row] = (await people.admin('select * from app_public.invite_member($1)', [address])).rows
    return Object.entries(row!).map(([name, value]) => [name, value === null])
  }
  t.deepEqual(await shape(email), await shape('nobody-has-this@example.com'))
})

test.serial('No job holds a secret, and of an invitation only hashes are stored.', async t => {
  const { rows } = await stage.admin.query(
    `select distinct payload_key as key from graphile_worker._private_jobs as jobs
       join graphile_worker._private_tasks as tasks on tasks.id = task_id, json_object_keys(payload) as payload_key
     where identifier like 'invitations/%' order by 1`
  )
  t.true(rows.length > 1)
  for (const { key } of rows) t.regex(key, /_id$/)
})
