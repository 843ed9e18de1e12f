import test from 'ava'
import { randomBytes } from 'node:crypto'
import { hold, waits } from '../../helpers/held.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { detail, refusal, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const remove = 'select app_public.delete_account($1)'
const emailOf = (id: string) => value<string>(stage, 'select email from app_public.users where id = $1', [id])

/** In which tables a text stands, in whatever column. */
async function traces(text: string): Promise<string[]> {
  const { rows: tables } = await stage.admin.query(
    `select oid::regclass::text as name from pg_class
     where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information_schema)' order by 1`
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await stage.admin.query(`select count(*)::int from ${name} as t where lower(t::text) like $1`, [
      `%${text.toLowerCase()}%`
    ])
    if (rows[0].count) found.push(name)
  }
  return found
}

test.serial('Of a deleted account nothing personal is left anywhere, and the books stay under its id.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', leaver: 'member' }, 100)
  const email = await emailOf(ids.leaver)
  const name = `Person ${randomBytes(6).toString('hex')}`
  const { leaver, owner } = people
  await leaver("select app_public.update_profile($1, 'https://example.com/me.png', 'de', 'Europe/Berlin')", [name])
  await stage.admin.query(
    "insert into app_private.user_passwords (user_id, salt, verifier) values ($1, $2, sha256('x'))",
    [ids.leaver, randomBytes(16)]
  )
  await leaver("select app_hidden.link_identity('https://id.example', $1)", [email])
  await leaver('select app_public.change_email($1)', [`new-${email}`])
  await leaver("select app_public.record_usage('k', 'openai', 'gpt-5', 3)")
  const key = await foundKey(stage, id, ids.leaver)
  const other = await found(stage, { owner: 'owner' })
  await other.people.owner('select app_public.invite_member($1)', [email])
  await stage.admin.query(
    `insert into app_public.join_requests (organization_id, user_id, email, name, role, invited_by)
     values ($1, $2, $3, $4, 'viewer', $5)`,
    [other.id, ids.leaver, email, name, other.ids.owner]
  )
  await stage.cast.anonymous("select * from app_hidden.sign_in($1, '', '', '', '192.0.2.1')", [email])
  t.true((await traces(email)).length >= 4, 'the control')
  t.true((await traces(name)).length >= 2)

  await leaver(remove, [email])
  t.deepEqual(await traces(email), [])
  t.deepEqual(await traces(name), [])
  await refused(t, stage, () => leaver('select 1'), 'SESSION_ENDED')
  const { rows } = await stage.admin.query('select * from app_public.users where id = $1', [ids.leaver])
  t.like(rows[0], { name: 'Deleted account', email: `${ids.leaver}@deleted.invalid`, avatar_url: null, locale: null })
  t.truthy(rows[0].deleted_at)
  t.is(
    await value(stage, 'select user_id from app_public.usage_records where organization_id = $1', [id]),
    ids.leaver,
    'the books'
  )
  t.is((await owner('select from app_public.usage_records')).rowCount, 1)
  t.is(await value(stage, 'select responsible_id from app_public.org_api_keys where id = $1', [key.id]), ids.owner)
  t.is(await value(stage, 'select count(*)::int from app_public.members where user_id = $1', [ids.leaver]), 0)
  for (const table of ['sessions', 'user_passwords', 'user_identities', 'account_links']) {
    t.is(
      await value(stage, `select count(*)::int from app_private.${table} where user_id = $1`, [ids.leaver]),
      0,
      table
    )
  }
  const again = ['Again', randomBytes(16), Buffer.from('x')]
  await stage.cast.anonymous('select app_hidden.register($1, $2, $3, $4)', [email, ...again])
  t.not(
    await value(stage, 'select id from app_public.users where email = $1', [email]),
    ids.leaver,
    'the address is free'
  )
})

test.serial('The only owner is told of which organizations, and stays; a deleted one holds nobody back.', async t => {
  const [first, second, third] = [
    await found(stage, { owner: 'owner', member: 'member' }),
    await found(stage, { owner: 'owner' }),
    await found(stage, { owner: 'owner' })
  ]
  const person = first.ids.owner
  const join = "insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'owner')"
  await stage.admin.query(join, [second.id, person])
  await stage.admin.query(join, [third.id, person])
  await stage.admin.query('delete from app_public.members where user_id = $1', [third.ids.owner])
  const email = await emailOf(person)
  const named = async () =>
    detail(await refused(t, stage, () => first.people.owner(remove, [email]), 'LAST_OWNER'))['organizations'].map(
      ({ slug }: { slug: string }) => slug
    )
  t.deepEqual(await named(), [first.slug, third.slug].sort())
  const inThird = await stage.asUser(person, third.slug)
  await inThird('select app_public.delete_organization()')
  t.deepEqual(await named(), [first.slug])
  const inFirst = await stage.asUser(person, first.slug)
  await inFirst("select app_public.change_member_role($1, 'owner')", [first.ids.member])
  t.is((await first.people.owner(remove, [email])).rowCount, 1)
  t.is(await value(stage, 'select count(*)::int from app_public.members where user_id = $1', [person]), 0)
})

test.serial('Whoever is added while they delete their account is in no organization after that.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' })
  const elsewhere = await found(stage, { owner: 'owner', leaver: 'member' })
  const email = await emailOf(elsewhere.ids.leaver)
  const leaver = await hold(stage.database, elsewhere.people.leaver.is)
  const owner = await hold(stage.database, people.owner.is)
  await leaver.query(remove, [email])
  const late = owner.query('select app_public.add_member($1)', [email])
  await waits(stage.database, owner, late)
  await leaver.commit()
  await late
  await owner.commit()
  t.is(await value(stage, 'select count(*)::int from app_public.members where organization_id = $1', [id]), 1)
})

test.serial('Of two last owners who delete their accounts at the same moment one stays.', async t => {
  const { people, ids } = await found(stage, { a: 'owner', b: 'owner' })
  const [emailA, emailB] = [await emailOf(ids.a), await emailOf(ids.b)]
  const first = await hold(stage.database, people.a.is)
  const second = await hold(stage.database, people.b.is)
  await first.query(remove, [emailA])
  const late = second.query(remove, [emailB]).then(() => 'deleted', refusal)
  await waits(stage.database, second, late)
  await first.commit()
  t.is(await late, 'LAST_OWNER')
  await second.rollback()
})
