import test from 'ava'
import { randomUUID } from 'node:crypto'
import { hold } from '../../helpers/held.ts'
import { outcome, refusal, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { level } from '../../helpers/level.ts'

const stage = openStage(test)
let both: Awaited<ReturnType<typeof stage.asUser>>

test.serial.before(async () => {
  const { world, admin } = stage
  // Somebody who owns both organizations, and could therefore carry things from one to the other.
  await admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'owner')", [
    world.acme,
    world.people.stranger
  ])
  both = await stage.asUser(world.people.stranger, 'acme')
})

test.serial('No row can be moved to another tenant, not even by an owner of both.', async t => {
  const { rows: tables } = await stage.admin.query(
    `select attrelid::regclass::text as name from pg_attribute join pg_class on pg_class.oid = attrelid
     where attname = 'organization_id' and relnamespace = 'app_public'::regnamespace and relkind = 'r' order by 1`
  )
  t.true(tables.length > 5)
  for (const { name } of tables) {
    const move = `update ${name} set organization_id = '${stage.world.other}'`
    await refused(t, stage, () => both(move), 'no grant')
    await refused(t, stage, () => both(`${move} where organization_id = '${stage.world.acme}'`), 'no grant')
  }
  await refused(t, stage, () => both(`update app_public.organizations set id = '${stage.world.other}'`), 'no grant')
})

test.serial('A reference to another tenant fails as one to a row that does not exist.', async t => {
  const { acme, teams, people } = stage.world
  const owner = stage.cast.owner
  const references: [string, string, string][] = [
    [
      "insert into app_public.teams (organization_id, name, parent_team_id) values ($1, 'New', $2)",
      teams.foreign,
      teams.engineering
    ],
    [`select app_public.add_team_member($2, '${people.admin}') where $1::uuid is not null`, teams.foreign, teams.sales],
    [`select app_public.add_team_member('${teams.sales}', $2) where $1::uuid is not null`, people.nobody, people.admin]
  ]
  for (const [sql, hidden, own] of references) {
    const answers = []
    for (const id of [hidden, randomUUID()]) {
      const error = await refused(t, stage, () => owner(sql, [acme, id]), refusal(await failure(sql, [acme, id])))
      t.true(error.code === '23503' || error.code === 'RG404')
      answers.push({ ...error, message: error.message, detail: error.detail?.replace(id, '…'), line: undefined })
    }
    t.deepEqual(answers[0], answers[1], sql)
    t.is(await outcome(owner.attempt(sql, [acme, own])), '1 row', 'a row of the own tenant is accepted')
  }

  async function failure(sql: string, values: unknown[]) {
    return owner.attempt(sql, values).then(
      () => undefined,
      error => error
    )
  }
})

test.serial('Every reference between rows of tenants carries the tenant along.', async t => {
  const { rows } = await stage.admin.query(
    `select conname from pg_constraint as reference
     where contype = 'f'
       and exists (select from pg_attribute where attrelid = conrelid and attname = 'organization_id')
       and exists (select from pg_attribute where attrelid = confrelid and attname = 'organization_id')
       and not exists (
         select from pg_attribute
         where attrelid = conrelid and attname = 'organization_id' and attnum = any (conkey)
       )`
  )
  t.deepEqual(rows, [])
})

const revokedBySuperuser = [
  "select set_config('rowgate.user_id', gen_random_uuid()::text, true)",
  "select pg_notify('worker:migrate', '{}')",
  'select pg_advisory_lock(1)',
  'select lo_create(0)'
]

test('What only a superuser can revoke is revoked, or named where none installed.', async t => {
  const { rows } = await stage.admin.query('select app_hidden.server_warnings() as warning')
  const named = rows.filter(({ warning }) => warning.startsWith('Every role may execute'))
  t.is(named.length, level === 'full' ? 0 : revokedBySuperuser.length)
})

test.serial(
  'No request role may write settings through a function, take a role beside it, or send a notification.',
  async t => {
    for (const name of ['owner', 'key', 'anonymous'] as const) {
      for (const sql of [
        'select app_hidden.set_claims()',
        "select app_hidden.set_rights(true, '{team:read}', '')",
        'select app_hidden.read_rights()',
        "select app_hidden.resolve_request('person', null, null, null, null, null)",
        'select app_hidden.resolve_job(gen_random_uuid())',
        "select app_hidden.enqueue(gen_random_uuid(), 'alerts/mail', '{}', 'x')",
        ...(level === 'full' ? revokedBySuperuser : [])
      ]) {
        await refused(t, stage, () => stage.cast[name](sql), 'no grant')
      }
      for (const role of ['rowgate_owner', 'rowgate_writer', 'rowgate_reader', 'rowgate_worker', 'rowgate_job']) {
        t.regex(await outcome(stage.cast[name].attempt(`set local role ${role}`)), /42501|no grant/, role)
      }
      t.regex(await outcome(stage.cast[name].attempt('create temporary table t (a int)')), /42501|no grant/)
      t.regex(await outcome(stage.cast[name].attempt('create table app_public.t (a int)')), /42501|no grant/)
    }
  }
)

// A custom setting has no owner: whoever could send SQL of their own as a request role could say they are anybody.
// What holds is that no client can send SQL, that no function of the API sets one, and that secrets stay out of reach.
test.serial(
  'Plain SQL as a request role can forge a claim, but then still reads no secret and writes no money.',
  async t => {
    const { people, acme } = stage.world
    const held = await hold(stage.database, stage.cast.nobody.is)
    t.is((await held.query('select from app_public.teams')).rowCount, 0)
    await held.query(`set local rowgate.user_id = '${people.owner}'`)
    await held.query(`set local rowgate.organization_id = '${acme}'`)
    await held.query("set local rowgate.open = 'true'; set local rowgate.permissions = ' team:read '")
    t.is((await held.query('select from app_public.teams')).rowCount, 3, 'this is why clients never send SQL')
    t.is(await outcome(held.query('select * from app_private.org_api_key_secrets')), 'no grant')
    await held.rollback()

    const { rows } = await stage.admin.query(
      `select pg_proc.oid::regprocedure::text as name
     from pg_proc cross join unnest(array['rowgate_anonymous', 'rowgate_user', 'rowgate_key']) as role
     where pronamespace in ('app_public'::regnamespace, 'app_hidden'::regnamespace)
       and has_function_privilege(role, pg_proc.oid, 'execute')
       and (
         prosrc ~* 'set_config\\s*\\(\\s*''rowgate|set\\s+(local|session)|\\mexecute\\s+(format|''|\\w+ *;)'
         or proconfig::text ~ 'rowgate'
       )`
    )
    t.deepEqual(rows, [], 'functions that a request can call and that could set a claim')
  }
)

test.serial(
  'What moves money, changes rights, sets claims or queues jobs is called by verbs and never by a request itself.',
  async t => {
    const inner = [
      'announce_crossings',
      'announce_expiring_keys',
      'audit',
      'charge',
      'choose_tenant',
      'claim_usage_key',
      'end_membership',
      'enqueue',
      'explain_permission',
      'keep_source_budget',
      'lock_key',
      'lock_members',
      'new_key',
      'open_period',
      'protect',
      'read_rights',
      'record_key_use',
      'require_bookable_team',
      'require_key_scopes',
      'require_model',
      'resolve_job',
      'resolve_request',
      'set_claims',
      'set_rights',
      'set_role_permissions',
      'set_search_words'
    ]
    const { rows } = await stage.admin.query(
      `select proname as name, bool_or(has_function_privilege(role, pg_proc.oid, 'execute')) as callable
     from pg_proc cross join unnest(array['rowgate_anonymous', 'rowgate_user', 'rowgate_key']) as role
     where pronamespace = 'app_hidden'::regnamespace and proname = any ($1) group by proname order by proname`,
      [inner]
    )
    t.deepEqual(
      rows,
      inner.map(name => ({ name, callable: false }))
    )
  }
)

test.serial('The login itself sees and does nothing until the request is resolved.', async t => {
  const granted = await value(
    stage,
    `select coalesce(array_agg(pg_proc.oid::regprocedure::text order by proname), '{}') from pg_proc
     where pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       and has_function_privilege('rowgate_authenticator', pg_proc.oid, 'execute')
       and has_schema_privilege('rowgate_authenticator', pronamespace, 'usage')`
  )
  t.deepEqual(granted, ['app_hidden.resolve_request(text,uuid,uuid,bytea,text[],text,uuid,text,text,inet)'])
})
