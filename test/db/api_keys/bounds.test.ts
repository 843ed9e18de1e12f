import test from 'ava'
import { openRequest, type Caller } from '../../../server/claims.ts'
import { hashOf } from '../../helpers/keys.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { detail, outcome, refusal, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
let n = 0
const use = "select (app_public.record_usage($1, 'openai', 'gpt-5', 1, team_id => $2)).team_id"
const team = (organizationId: string, name: string, parent: string | null = null) =>
  value<string>(
    stage,
    'insert into app_public.teams (organization_id, name, parent_team_id) values ($1, $2, $3) returning id',
    [organizationId, name, parent]
  )

test.serial(
  'A key that is bound to a team books there and below, and nowhere else, in every way there is.',
  async t => {
    const { id, ids, people } = await found(stage, { owner: 'owner' }, 1000)
    const top = await team(id, 'Top')
    const own = await team(id, 'Own', top)
    const below = await team(id, 'Below', own)
    const beside = await team(id, 'Beside', top)
    const key = await foundKey(stage, id, ids.owner, own)
    const narrow = await foundKey(stage, id, ids.owner, own)
    await people.owner("select app_public.update_api_key($1, scopes => '{usage:record}')", [narrow.id])
    const free = await foundKey(stage, id, ids.owner)
    const books = async (persona: typeof key.persona, where: string | null) =>
      (await persona(use, [`use-${++n}`, where])).rows[0]!['team_id']
    for (const { persona } of [key, narrow]) {
      t.is(await books(persona, null), own)
      t.is(await books(persona, below), below)
      for (const elsewhere of [top, beside]) {
        const error = await refused(t, stage, () => books(persona, elsewhere), 'KEY_TEAM_FORBIDDEN')
        t.is(detail(error)['team_id'], own)
      }
    }
    t.is(await books(free.persona, beside), beside, 'the control')
    const hold = "select app_public.authorize_usage($1, 'openai', 'gpt-5', 1, team_id => $2)"
    await refused(t, stage, () => key.persona(hold, ['h1', beside]), 'KEY_TEAM_FORBIDDEN')
    t.is(await outcome(key.persona(hold, ['h2', below])), '1 row')
    const explain = "select from app_public.explain_charge('openai', 'gpt-5', 1, team_id => $1)"
    await refused(t, stage, () => key.persona(explain, [beside]), 'KEY_TEAM_FORBIDDEN')
    const event = (name: string, where: string) => ({
      idempotency_key: name,
      service: 'openai',
      model: 'gpt-5',
      cost: 1,
      team_id: where
    })
    const { rows } = await key.persona('select status, code from app_public.record_usage_batch($1)', [
      JSON.stringify([event('b1', below), event('b2', beside)])
    ])
    t.deepEqual(rows, [
      { status: 'recorded', code: null },
      { status: 'refused', code: 'KEY_TEAM_FORBIDDEN' }
    ])
    await people.owner("select app_public.delete_team($1, 'move_up')", [own])
    await refused(t, stage, () => books(key.persona, null), 'KEY_TEAM_FORBIDDEN')
  }
)

test.serial('A key with a list of models uses no other, in every way there is.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner' }, 1000)
  const key = await foundKey(stage, id, ids.owner)
  await people.owner('select app_public.update_api_key($1, allowed_models => $2)', [key.id, ['gpt-5', 'a "b", {c}']])
  const record = (model: string) =>
    key.persona("select app_public.record_usage($1, 'openai', $2, 1)", [`m-${++n}`, model])
  t.is(await outcome(record('gpt-5')), '1 row')
  t.is(await outcome(record('a "b", {c}')), '1 row')
  const error = await refused(t, stage, () => record('gpt-5-mini'), 'MODEL_FORBIDDEN')
  t.like(detail(error), { model: 'gpt-5-mini', allowed: ['gpt-5', 'a "b", {c}'] })
  const other = (sql: string) => refused(t, stage, () => key.persona(sql), 'MODEL_FORBIDDEN')
  await other("select app_public.authorize_usage('m', 'openai', 'gpt-4', 1)")
  await other("select app_public.explain_charge('openai', 'gpt-4', 1)")
  t.is(await outcome(key.persona("select app_public.authorize_usage('m', 'openai', 'gpt-5', 1)")), '1 row')
  const events = ['gpt-5', 'gpt-4'].map(model => ({ idempotency_key: `b ${model}`, service: 's', model, cost: 1 }))
  const { rows } = await key.persona('select status, code from app_public.record_usage_batch($1)', [
    JSON.stringify(events)
  ])
  t.deepEqual(rows, [
    { status: 'recorded', code: null },
    { status: 'refused', code: 'MODEL_FORBIDDEN' }
  ])
  t.is(
    await outcome(people.owner("select app_public.record_usage('person', 'openai', 'gpt-4', 1)")),
    '1 row',
    'a person is not bound by it'
  )
})

test.serial('A key with networks is refused from anywhere else, its tokens too.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner' })
  const key = await foundKey(stage, id, ids.owner)
  await people.owner('select app_public.update_api_key($1, allowed_ips => $2)', [
    key.id,
    ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7/32']
  ])
  const secretId = await value(stage, 'select id from app_private.org_api_key_secrets where key_id = $1', [key.id])
  const open = async (caller: Caller, address: string | undefined) => {
    const [resolve] = openRequest(caller, undefined, 'x', { address }).statements
    return stage.admin.query(resolve!.text, resolve!.values as unknown[]).then(() => 'open', refusal)
  }
  const callers: Caller[] = [
    { kind: 'key', hash: hashOf(key.key) },
    { kind: 'key_token', keyId: key.id, secretId }
  ]
  for (const caller of callers) {
    for (const address of ['203.0.113.0', '203.0.113.255', '2001:db8:1::9', '198.51.100.7']) {
      t.is(await open(caller, address), 'open', address)
    }
    for (const address of ['203.0.114.1', '198.51.100.8', '::1', '2001:db9::1', '::ffff:203.0.113.9', undefined]) {
      t.is(await open(caller, address), 'ADDRESS_FORBIDDEN', address)
    }
  }
  await people.owner("select app_public.update_api_key($1, clear => '{allowed_ips}')", [key.id])
  t.is(await open(callers[0]!, '203.0.114.1'), 'open')
})

test.serial('The keys that nobody has used for long are listed, for who sees them.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner', member: 'member' })
  const names = ['never', 'long ago', 'lately', 'new', 'revoked', 'ended']
  const keys = Object.fromEntries(
    await Promise.all(names.map(async name => [name, (await foundKey(stage, id, ids.owner)).id]))
  )
  for (const [name, set] of Object.entries({
    never: "created_at = now() - interval '91 days'",
    'long ago': "created_at = now() - interval '300 days', last_used_at = now() - interval '90 days 1 second'",
    lately: "created_at = now() - interval '300 days', last_used_at = now() - interval '89 days'",
    revoked: "created_at = now() - interval '300 days', status = 'revoked'",
    ended: "created_at = now() - interval '300 days', expires_at = now() - interval '1 day'"
  })) {
    await stage.admin.query(`update app_public.org_api_keys set ${set}, name = $2 where id = $1`, [keys[name], name])
  }
  const listed = async (days: number) =>
    (await people.owner('select name from app_public.unused_api_keys($1)', [days])).rows.map(({ name }) => name)
  t.deepEqual(await listed(90), ['never', 'long ago'])
  t.deepEqual(await listed(88), ['never', 'long ago', 'lately'])
  t.is((await people.member('select from app_public.unused_api_keys()')).rowCount, 0)
})

test.serial("A key's use of this month is told to who sees the key, exactly, and no other month's.", async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner', member: 'member' }, 1000)
  const key = await foundKey(stage, id, ids.member)
  const figures = async (persona: typeof people.owner) =>
    (
      await persona(
        'select (usage).* from app_public.org_api_keys as key, lateral (select app_public.org_api_keys_usage(key) as usage) as u'
      )
    ).rows
  for (const cost of ['0.1', '0.2']) {
    await key.persona("select app_public.record_usage($1, 'openai', 'gpt-5', $2, requests => 2)", [`c-${cost}`, cost])
  }
  await key.persona("select app_public.record_usage('free', 'nobody', 'unknown')")
  const [mine] = await figures(people.member)
  t.like(mine, { requests: '5', cost: '0.3', currency: 'USD' })
  t.deepEqual(await figures(people.owner), [mine])
  await stage.admin.query(
    "update app_public.usage_records set occurred_at = occurred_at - interval '1 month' where organization_id = $1",
    [id]
  )
  t.like((await figures(people.owner))[0], { requests: '0', cost: '0' })
})
