import test from 'ava'
import { createHash } from 'node:crypto'
import { readApiKey } from '../../../server/api_key.ts'
import { hold } from '../../helpers/held.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { unknownId } from '../../helpers/verbs.ts'

const stage = openStage(test)
const create = 'select key, (api_key).* from app_public.create_api_key($1)'
const revoke = 'select (app_public.revoke_api_key($1)).status'
const usage = "select app_public.record_usage($1, 'openai', 'gpt-5', 1)"

test.serial('A new key is shown once, works at once, and only its SHA-256 is stored.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner' })
  const {
    rows: [made]
  } = await people.owner(create, [' Production '])
  const key: string = made!['key']
  t.regex(key, /^rg_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
  t.is(readApiKey(key).prefix, made!['key_prefix'], 'its checksum is right')
  t.is(made!['key_prefix'], key.slice(0, 20))
  t.is(made!['last_four'], key.slice(-4))
  t.is(made!['name'], 'Production')
  t.is(made!['created_by'], ids.owner)
  t.is((await stage.asKey(key)('select from app_public.org_api_keys')).rowCount, 1)
  t.deepEqual(
    await value(stage, 'select key_hash from app_private.org_api_key_secrets where key_id = $1', [made!['id']]),
    createHash('sha256').update(key).digest()
  )
  const { rows: tables } = await stage.admin.query(
    `select oid::regclass::text as name from pg_class
     where relkind = 'r' and relnamespace::regnamespace::text ~ '^(app|graphile)_'`
  )
  for (const { name } of tables) {
    const found = await value(stage, `select count(*)::int from ${name} as t where t::text like '%' || $1 || '%'`, [
      key.slice(20)
    ])
    t.is(found, 0, `the key itself is not in ${name}`)
  }
  const {
    rows: [again]
  } = await people.owner(create, ['Production'])
  t.not(again!['key'], key, 'a name may be used twice, a key never')
})

test.serial('A revoked key is refused on its next request.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  await key.persona(usage, ['first'])
  t.is((await people.owner(revoke, [key.id])).rows[0]!['status'], 'revoked')
  const error = await refused(t, stage, () => key.persona(usage, ['third']), 'API_KEY_INVALID')
  t.is(error.code, 'RG401')
})

test.serial('An expired key is refused, and an unknown one is answered in the same way.', async t => {
  const { id, ids } = await found(stage, { owner: 'owner' })
  const key = await foundKey(stage, id, ids.owner)
  await stage.admin.query("update app_public.org_api_keys set expires_at = now() + interval '1 hour' where id = $1", [
    key.id
  ])
  t.is((await key.persona('select 1')).rowCount, 1)
  await stage.admin.query(
    "update app_public.org_api_keys set created_at = now() - interval '2 days', expires_at = now() where id = $1",
    [key.id]
  )
  const expired = await refused(t, stage, () => key.persona('select 1'), 'API_KEY_INVALID')
  const unknown = await refused(t, stage, () => stage.asKey('rg_unknown')('select 1'), 'API_KEY_INVALID')
  t.deepEqual([expired.code, expired.detail], [unknown.code, unknown.detail])
  const nothing = () => hold(stage.database, { kind: 'key', hash: null as unknown as Buffer })
  await refused(t, stage, nothing, 'API_KEY_INVALID')
})

test.serial('Everybody revokes the keys that they created, and only owners and admins those of others.', async t => {
  const roles = { owner: 'owner', admin: 'admin', member: 'member', other: 'member' } as const
  const { id, people, ids } = await found(stage, roles)
  const key = async (by: string) => (await foundKey(stage, id, by)).id
  const ofMember = await key(ids.member)
  await refused(t, stage, () => people.other(revoke, [ofMember]), 'NOT_FOUND')
  t.is(await outcome(people.member.attempt(revoke, [ofMember])), '1 row')
  t.is(await outcome(people.admin.attempt(revoke, [ofMember])), '1 row')
  await refused(t, stage, () => people.member(revoke, [unknownId]), 'NOT_FOUND')

  await people.owner("select app_public.change_member_role($1, 'viewer')", [ids.member])
  t.is(await outcome(people.member.attempt(revoke, [ofMember])), '1 row', 'also after they may create no more')
  await refused(t, stage, () => people.member(create, ['More']), 'FORBIDDEN')
  await people.owner('select app_public.remove_member($1)', [ids.member])
  await refused(t, stage, () => people.member(revoke, [ofMember]), 'NO_ORGANIZATION')
})

test.serial('No key is changed by plain SQL, not by its owner either.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' })
  const key = await foundKey(stage, id, ids.owner)
  for (const change of [
    "status = 'active'",
    "status = 'revoked'",
    'rate_limit = 1000000',
    'monthly_quota = 0',
    'expires_at = null',
    "name = 'Mine'",
    'created_by = null',
    'team_id = null',
    'last_used_at = null',
    'request_count = 0',
    "scopes = '{}'",
    "key_prefix = 'rg_live_000000000000'"
  ]) {
    await refused(t, stage, () => people.owner(`update app_public.org_api_keys set ${change}`), 'no grant')
  }
  await refused(t, stage, () => people.owner('delete from app_public.org_api_keys'), 'no grant')
  t.is(await outcome(key.persona('select 1')), '1 row')
})

test.serial("A key has no more rights than who created it: a member's does not book for others.", async t => {
  const { people, ids } = await found(stage, { owner: 'owner', member: 'member' })
  const book = "select app_public.record_usage('for-' || $1, 'openai', 'gpt-5', 1, user_id => $2)"
  const create = "select (app_public.create_api_key('key')).key"
  const keyOf = async (persona: typeof people.owner) => stage.asKey((await persona(create)).rows[0]!['key'])
  const [weak, strong] = [await keyOf(people.member), await keyOf(people.owner)]
  await refused(t, stage, () => weak(book, ['weak', ids.owner]), 'FORBIDDEN')
  t.is(await outcome(weak("select app_public.record_usage('own', 'openai', 'gpt-5', 1)")), '1 row')
  t.is(await outcome(strong(book, ['strong', ids.member])), '1 row')
})

test.serial('What a key is given is what keys can have and its creator holds, and nothing else.', async t => {
  const { people } = await found(stage, { owner: 'owner', member: 'member' })
  const create = "select ((app_public.create_api_key('key', scopes => $1)).api_key).scopes"
  const given = async (by: typeof people.owner, scopes: string[] | null) =>
    (await by(create, [scopes])).rows[0]!['scopes'].toSorted()
  t.deepEqual(await given(people.member, ['usage:record', 'team:read']), ['team:read', 'usage:record'])
  t.deepEqual(await given(people.member, []), [])
  t.deepEqual(await given(people.owner, ['usage:record_all']), ['usage:record_all'])
  t.true((await given(people.owner, null)).includes('usage:record_all'))
  t.false((await given(people.member, null)).includes('usage:record_all'))
  const error = await refused(t, stage, () => people.member(create, [['usage:record_all']]), 'RIGHTS_EXCEEDED')
  t.deepEqual(detail(error)['missing'], ['usage:record_all'])
  await refused(t, stage, () => people.owner(create, [['member:delete']]), 'INVALID_INPUT')
})

test.serial(
  'What a verb takes for visible is what row level security shows, also of a row that somebody makes up.',
  async t => {
    const { rows: keys } = await stage.admin.query('select organization_id, id from app_public.org_api_keys')
    for (const name of [
      'owner',
      'member',
      'viewer',
      'lead',
      'otherTeam',
      'denied',
      'stranger',
      'nobody',
      'key'
    ] as const) {
      const persona = stage.cast[name]
      const shown = (await persona('select id from app_public.org_api_keys')).rows.map(({ id }) => id)
      const told: string[] = []
      for (const key of keys) {
        const forged =
          'select (app_public.org_api_keys_usage(jsonb_populate_record(null::app_public.org_api_keys, $1))).starts_at'
        if ((await persona(forged, [key])).rows[0]!['starts_at']) told.push(key.id)
      }
      t.deepEqual(told.toSorted(), shown.toSorted(), name)
    }
  }
)
