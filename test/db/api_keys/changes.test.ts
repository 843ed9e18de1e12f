import test from 'ava'
import { audited } from '../../helpers/audited.ts'
import { hashOf } from '../../helpers/keys.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const usage = "select app_public.record_usage(gen_random_uuid()::text, 'openai', 'gpt-5', 1)"
const rotate = 'select key, (api_key).* from app_public.rotate_api_key($1, $2)'
const row = async (id: string) =>
  (await stage.admin.query('select * from app_public.org_api_keys where id = $1', [id])).rows[0]
const later = (id: string, seconds: number) =>
  stage.admin.query(
    `update app_private.org_api_key_secrets set expires_at = expires_at - $2 * interval '1 second' where key_id = $1`,
    [id, seconds]
  )

test.serial('A paused key is refused with a code of its own, and goes on when it is resumed.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', member: 'member' }, 100)
  const key = await foundKey(stage, id, ids.member)
  await people.member('select app_public.pause_api_key($1)', [key.id])
  await refused(t, stage, () => key.persona(usage), 'API_KEY_PAUSED')
  await people.member('select app_public.resume_api_key($1)', [key.id])
  t.is(await outcome(key.persona(usage)), '1 row')
  await people.owner("select app_public.change_member_role($1, 'viewer')", [ids.member])
  t.is(await outcome(people.member('select app_public.pause_api_key($1)', [key.id])), '1 row', 'who answers for it')
  await refused(t, stage, () => people.member('select app_public.resume_api_key($1)', [key.id]), 'FORBIDDEN')
  await people.owner('select app_public.resume_api_key($1)', [key.id])
  await people.owner('select app_public.revoke_api_key($1)', [key.id])
  for (const verb of ['pause', 'resume', 'update', 'rotate']) {
    await refused(t, stage, () => people.owner(`select app_public.${verb}_api_key($1)`, [key.id]), 'API_KEY_CLOSED')
  }
})

test.serial('A rotated key is the same key: row, rights, limits and figures stay, and both secrets work.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  await stage.admin.query('update app_public.org_api_keys set request_count = 7, monthly_quota = 3 where id = $1', [
    key.id
  ])
  await key.persona(usage)
  const before = await row(key.id)
  const made = (await people.owner(rotate, [key.id, 3600])).rows[0]!
  const fresh = stage.asKey(made['key'])
  t.not(made['key'], key.key)
  const { last_four, rotated_at, overlap_until, updated_at, ...same } = await row(key.id)
  const { last_four: _four, rotated_at: _at, overlap_until: _until, updated_at: _updated, ...was } = before
  t.deepEqual(same, was)
  t.is(last_four, made['key'].slice(-4))
  t.is(overlap_until - rotated_at, 3_600_000)
  t.is(await outcome(fresh(usage)), '1 row')
  t.is(await outcome(key.persona(usage)), '1 row')
  await refused(t, stage, () => fresh(usage), 'BUDGET_EXCEEDED')
  await later(key.id, 3601)
  await refused(t, stage, () => key.persona(usage), 'API_KEY_INVALID')
  t.is((await fresh('select 1')).rowCount, 1)
})

test.serial('Without an overlap the old secret ends at once, and so do those before it.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  const second = stage.asKey((await people.owner(rotate, [key.id, 3600])).rows[0]!['key'])
  const third = stage.asKey((await people.owner(rotate, [key.id, 0])).rows[0]!['key'])
  for (const old of [key.persona, second]) await refused(t, stage, () => old('select 1'), 'API_KEY_INVALID')
  t.is((await third('select 1')).rowCount, 1)
})

test.serial('A longer overlap does not bring back, or prolong, what ends sooner.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  await people.owner(rotate, [key.id, 60])
  await people.owner(rotate, [key.id, 2_592_000])
  await later(key.id, 61)
  await refused(t, stage, () => key.persona('select 1'), 'API_KEY_INVALID')
})

test.serial('No secret lives longer than the key, and a key that has ended is not rotated.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  const ends = new Date(Date.now() + 3_600_000)
  await people.owner('select app_public.update_api_key($1, expires_at => $2)', [key.id, ends])
  const made = (await people.owner(rotate, [key.id, 86_400])).rows[0]!
  t.deepEqual(made['overlap_until'], ends)
  await stage.admin.query(
    "update app_public.org_api_keys set created_at = now() - interval '2 days', expires_at = now() where id = $1",
    [key.id]
  )
  for (const secret of [key.persona, stage.asKey(made['key'])]) {
    await refused(t, stage, () => secret('select 1'), 'API_KEY_INVALID')
  }
  await refused(t, stage, () => people.owner(rotate, [key.id, 0]), 'API_KEY_CLOSED')
})

test.serial('Whoever asks about an old secret is told until when it works.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' })
  const key = await foundKey(stage, id, ids.owner)
  const ask = async () =>
    (
      await people.owner('select expires_at from app_hidden.introspect(null, null, $1, null, null, null)', [
        hashOf(key.key)
      ])
    ).rows
  t.deepEqual(await ask(), [{ expires_at: null }])
  const made = (await people.owner(rotate, [key.id, 60])).rows[0]!
  t.deepEqual(await ask(), [{ expires_at: made['overlap_until'] }])
  await later(key.id, 61)
  t.deepEqual(await ask(), [])
})

test.serial(
  'Nobody is shown a secret that can do more than they can, and nobody frees a key of its bounds.',
  async t => {
    const { people, ids } = await found(stage, { owner: 'owner', creator: 'admin' }, 100)
    const create = "select ((app_public.create_api_key('key', bound_to_creator => true)).api_key).id"
    const id = (await people.creator(create)).rows[0]!['id']
    await people.owner("select app_public.change_member_role($1, 'member')", [ids.creator])
    const error = await refused(t, stage, () => people.creator(rotate, [id, 60]), 'RIGHTS_EXCEEDED')
    t.deepEqual(detail(error)['missing'], ['storage:report', 'usage:record_all'])
    const free = 'select app_public.update_api_key($1, bound_to_creator => false)'
    await refused(t, stage, () => people.creator(free, [id]), 'RIGHTS_EXCEEDED')
    const widen = "select app_public.update_api_key($1, scopes => '{usage:record,team:read,usage:record_all}')"
    await people.creator("select app_public.update_api_key($1, scopes => '{usage:record}')", [id])
    await refused(t, stage, () => people.creator(widen, [id]), 'RIGHTS_EXCEEDED')
    t.is(await outcome(people.creator(free, [id])), '1 row', 'what is left it holds')
    t.is(await outcome(people.creator(rotate, [id, 60])), '1 row')
    t.is(await outcome(people.owner(widen, [id])), '1 row')
  }
)

test.serial('An update changes what it names, clears what it is told to, and counts at once.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  await people.owner(
    `select app_public.update_api_key($1, name => 'Other', rate_limit => 5, monthly_quota => 2, monthly_budget => 1.50,
       allowed_ips => '{203.0.113.0/24}', allowed_models => '{gpt-4o}', expires_at => '2999-01-01Z')`,
    [key.id]
  )
  t.like(await row(key.id), {
    name: 'Other',
    rate_limit: 5,
    monthly_quota: '2',
    monthly_budget: '1.5',
    allowed_models: ['gpt-4o'],
    scopes: (await row(key.id)).scopes
  })
  const budgets = async () =>
    (
      await stage.admin.query(
        `select source, unit, trim_scale(limit_amount)::text as limit, status from app_public.budgets
         where api_key_id = $1 order by source`,
        [key.id]
      )
    ).rows
  t.deepEqual(await budgets(), [
    { source: 'monthly_budget', unit: 'money', limit: '1.5', status: 'active' },
    { source: 'monthly_quota', unit: 'requests', limit: '2', status: 'active' }
  ])
  await people.owner(
    "select app_public.update_api_key($1, clear => '{monthly_quota,allowed_ips,allowed_models,expires_at}')",
    [key.id]
  )
  t.like(await row(key.id), { monthly_quota: null, allowed_ips: null, allowed_models: null, expires_at: null })
  t.is((await row(key.id)).monthly_budget, '1.5')
  t.is(await outcome(key.persona(usage)), '1 row')
  const error = await refused(t, stage, () => key.persona(usage), 'BUDGET_EXCEEDED')
  t.like(detail(error), { level: 'api_key', limit: '1.5', unit: 'money' })
  await people.owner("select app_public.update_api_key($1, clear => '{monthly_budget}')", [key.id])
  t.is(await outcome(key.persona(usage)), '1 row')
})

test.serial('Everything that becomes of a key is audited with its actor, and nothing else is.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', member: 'member' }, 100)
  const made = (await people.member("select key, (api_key).id from app_public.create_api_key('Mine')")).rows[0]!
  const keyId = made['id']
  await people.member("select app_public.update_api_key($1, name => 'Ours', rate_limit => 100)", [keyId])
  await people.member("select app_public.update_api_key($1, name => 'Ours')", [keyId])
  await people.owner('select app_public.pause_api_key($1)', [keyId])
  await people.owner('select app_public.pause_api_key($1)', [keyId])
  await people.owner('select app_public.resume_api_key($1)', [keyId])
  const rotated = (await people.member(rotate, [keyId, 60])).rows[0]!
  await people.owner('select app_public.remove_member($1)', [ids.member])
  await stage.asKey(rotated['key'])(usage)
  await stage.admin.query('update app_public.org_api_keys set last_used_at = now(), request_count = 9 where id = $1', [
    keyId
  ])
  await people.owner('select app_public.revoke_api_key($1)', [keyId])
  await people.owner('select app_public.revoke_api_key($1)', [keyId])
  const events = await audited(stage, id)
  t.deepEqual(
    events.map(({ action, actor_user_id }) => `${action} ${actor_user_id === ids.owner ? 'owner' : 'member'}`),
    [
      'api_key:created member',
      'api_key:updated member',
      'api_key:paused owner',
      'api_key:resumed owner',
      'api_key:rotated member',
      'api_key:transferred owner',
      'api_key:revoked owner'
    ]
  )
  t.true(events.every(({ subject_id, subject_kind }) => subject_id === keyId && subject_kind === 'api_key'))
  t.true(events.every(({ request_id }) => /^[0-9a-f-]{36}$/.test(request_id!)))
  t.deepEqual(events[1]!.details, { name: { from: 'Mine', to: 'Ours' } })
  t.like(events[0]!.details, { name: 'Mine', mode: 'live', rate_limit: 100 })
  const written = JSON.stringify(events)
  for (const { key } of [made, rotated] as { key: string }[]) {
    t.false(written.includes(key.slice(21, 40)))
    t.false(written.includes(hashOf(key).toString('hex')))
  }
  t.is(await value(stage, 'select count(*)::int from app_private.org_api_key_secrets where key_id = $1', [keyId]), 2)
})

test.serial('Only who may reads the audit, and nobody changes it.', async t => {
  const { id, people, ids } = await found(stage, { owner: 'owner', admin: 'admin', member: 'member' })
  await foundKey(stage, id, ids.owner)
  const read = 'select from app_public.audit_events'
  t.is((await people.admin(read)).rowCount, 1)
  t.is((await people.member(read)).rowCount, 0)
  await people.owner("select app_public.set_member_permission($1, 'audit:read', 'grant')", [ids.member])
  t.is((await people.member(read)).rowCount, 1)
  for (const change of ["update app_public.audit_events set action = 'a:b'", 'delete from app_public.audit_events']) {
    await refused(t, stage, () => people.owner(change), 'no grant')
  }
  const writer = await value<boolean>(
    stage,
    "select has_any_column_privilege('rowgate_writer', 'app_public.audit_events', 'update') or has_table_privilege('rowgate_writer', 'app_public.audit_events', 'delete')"
  )
  t.false(writer, 'not even the verbs')
})
