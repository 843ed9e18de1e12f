import { globSync, readdirSync, readFileSync } from 'node:fs'
import test from 'ava'
import type pg from 'pg'
import { openDatabase, type Database } from '../helpers/database.ts'

const db = `${import.meta.dirname}/../../db`
const files = globSync('**/*.sql', { cwd: `${db}/fixtures` }).sort()
const fixture = (file: string) => readFileSync(`${db}/fixtures/${file}`, 'utf8')
const includesOf = (sql: string) => [...sql.matchAll(/^--![ \t]*include[ \t]+(\S+)[ \t]*$/gm)].map(match => match[1]!)

/** The text with its includes in place, marked as graphile-migrate marks them. */
function expand(sql: string): string {
  return sql.replace(
    /^--![ \t]*include[ \t]+(\S+)[ \t]*$/gm,
    (_, file: string) => `--! Included ${file}\n${expand(fixture(file)).trim()}\n--! EndIncluded ${file}`
  )
}

/** All fixtures in their order, without comments: what names are created is then plain to find. */
const all = expand(fixture('all.sql')).replace(/^\s*--.*$/gm, '')
const named = (pattern: RegExp) => [...all.matchAll(pattern)].map(([, ...groups]) => groups.join(' ')).sort()
const ours = (namespace: string) => `${namespace}::regnamespace::text like 'app\\_%'`

let database: Database
test.before(async () => {
  database = await openDatabase()
})
test.after.always(() => database?.close())

test.serial('running the fixtures once more changes nothing', async t => {
  const client = await database.admin.connect()
  t.teardown(() => client.release())
  const before = await snapshot(client)
  t.true(
    Object.values(before).every(lines => lines.length > 0),
    'every part of the snapshot has something to compare'
  )

  await runFixtures(client)
  const after = await snapshot(client)
  for (const part of Object.keys(before)) t.deepEqual(after[part], before[part], part)
})

test.serial('what the fixtures do not say, they undo: nothing added by hand survives them', async t => {
  const client = await database.admin.connect()
  t.teardown(() => client.release())
  const before = await snapshot(client)
  await client.query(`
    grant delete on app_public.teams to rowgate_user;
    grant select (refresh_hash) on app_private.sessions to rowgate_key;
    create policy select_more on app_public.budgets for select to rowgate_key using (true);
    grant execute on function app_public.me() to public;
    comment on table app_public.users is 'changed by hand';
    insert into app_public.permissions values ('all:all', 'added by hand', null, true, true)`)
  t.notDeepEqual(await snapshot(client), before)

  await runFixtures(client)
  t.deepEqual(await snapshot(client), before)
})

test('the catalog has the functions that the fixtures name, and no other', async t => {
  t.deepEqual(
    await catalog(`select pronamespace::regnamespace || '.' || proname from pg_proc where ${ours('pronamespace')}`),
    named(/create or replace function (app_\w+\.\w+)\s*\(/g)
  )
})

test('whoever may execute a function is named beside it', async t => {
  const rights = await catalog(
    `select format('%s.%s %s', pronamespace::regnamespace, proname, grantee::regrole)
     from pg_proc cross join lateral aclexplode(proacl) where ${ours('pronamespace')} and grantee <> proowner`
  )
  const grants = named(/grant execute on function (app_\w+\.\w+)\([^)]*\)\s+to ([^;]+);/g).flatMap(grant => {
    const [name, ...roles] = grant.split(/[\s,]+/)
    return roles.map(role => `${name} ${role}`)
  })
  // "create or replace" keeps rights: a migration has to revoke those of a role that the fixture no longer names.
  t.deepEqual(rights, grants.sort())
})

test('the catalog has the policies that the fixtures name and the floors of protect(), and no other', async t => {
  const floors = named(/app_hidden\.protect\('(app_\w+\.\w+)', '\w+'\)/g).map(table => `floor_tenant ${table}`)
  t.deepEqual(
    await catalog("select policyname || ' ' || schemaname || '.' || tablename from pg_policies"),
    [...named(/create policy (\w+) on (app_\w+\.\w+)/g), ...floors].sort()
  )
})

test('the catalog has the triggers that the fixtures name, and no other', async t => {
  t.deepEqual(
    await catalog(
      `select tgname || ' ' || tgrelid::regclass from pg_trigger join pg_class on pg_class.oid = tgrelid
       where not tgisinternal and tgparentid = 0 and ${ours('relnamespace')}`
    ),
    named(/create (?:constraint )?trigger (\w+)[^;]*?\son (app_\w+\.\w+)/g)
  )
})

test('every table has a fixture that begins with protect()', async t => {
  t.deepEqual(
    await catalog(
      `select oid::regclass::text from pg_class
       where ${ours('relnamespace')} and relkind in ('r', 'p') and not relispartition`
    ),
    named(/^select app_hidden\.protect\('(app_\w+\.\w+)'/gm)
  )
})

test('all.sql includes every fixture exactly once, and no fixture includes another', t => {
  t.deepEqual(
    includesOf(fixture('all.sql')).sort(),
    files.filter(file => file !== 'all.sql')
  )
  for (const file of files.filter(file => file !== 'all.sql')) t.deepEqual(includesOf(fixture(file)), [], file)
})

test('the newest migration that includes a fixture has it as it is today', t => {
  const committed = readdirSync(`${db}/committed`)
    .filter(name => name.endsWith('.sql'))
    .sort()
  const migrations = [
    ...committed.map(name => readFileSync(`${db}/committed/${name}`, 'utf8')),
    expand(readFileSync(`${db}/current.sql`, 'utf8'))
  ]
  for (const file of files) {
    const newest = migrations.flatMap(sql => included(sql, file)).at(-1)
    t.is(newest, fixture(file).trim(), `${file} was changed: npm run db:commit (with an include of it), or db:recut`)
  }
})

/** The bodies under which a migration includes a file; the includes inside are folded back to one line each. */
function included(sql: string, file: string): string[] {
  const begin = `--! Included ${file}\n`
  const end = `\n--! EndIncluded ${file}`
  return sql
    .split(begin)
    .slice(1)
    .map(rest =>
      rest.slice(0, rest.indexOf(end)).replace(/^--! Included (\S+)\n[^]*?\n--! EndIncluded \1$/gm, '--!include $1')
    )
}

/** The one column of a query, in the order in which named() answers. */
async function catalog(sql: string): Promise<string[]> {
  return (await database.admin.query<[string]>({ text: sql, rowMode: 'array' })).rows.map(([name]) => name).sort()
}

/** As the foundation does: the owner runs them, and may create for the roles that definer functions are handed to. */
async function runFixtures(client: pg.PoolClient): Promise<void> {
  const roles = 'rowgate_reader, rowgate_writer, rowgate_worker'
  await client.query('begin')
  // A clone belongs to whoever cloned it; the migrated database belongs to the owner.
  await client.query(
    "do $$ begin execute format('alter database %I owner to rowgate_owner', current_database()); end; $$"
  )
  await client.query('set local role rowgate_owner')
  await client.query(`grant create on schema app_public, app_hidden, app_private to ${roles}`)
  await client.query(expand(fixture('all.sql')))
  await client.query(`revoke create on schema app_public, app_hidden, app_private from ${roles}`)
  await client.query('commit')
}

/** All that fixtures decide, one line per fact. Rights are taken apart, because their order is only history. */
async function snapshot(client: pg.PoolClient): Promise<Record<string, string[]>> {
  const taken: Record<string, string[]> = {}
  for (const [part, sql] of Object.entries(parts)) {
    const { rows } = await client.query<[string]>({ text: sql, rowMode: 'array' })
    taken[part] = rows.map(([line]) => line).sort()
  }
  return taken
}

const parts = {
  policies: "select policies::text from pg_policies as policies where schemaname like 'app\\_%'",
  rights: `
    with acls (object, acl) as (
      select oid::regclass::text, relacl from pg_class where ${ours('relnamespace')}
      union all
      select format('%s.%s', attrelid::regclass, attname), attacl
      from pg_attribute join pg_class on pg_class.oid = attrelid where ${ours('relnamespace')}
      union all
      select oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner))
      from pg_proc where ${ours('pronamespace')}
      union all
      select oid::regtype::text, coalesce(typacl, acldefault('T', typowner))
      from pg_type where ${ours('typnamespace')}
      union all
      select nspname, nspacl from pg_namespace
      union all
      select format('default for %s', defaclobjtype), defaclacl from pg_default_acl
    )
    select concat_ws(' ', object, grantee::regrole, privilege_type, is_grantable)
    from acls cross join lateral aclexplode(acl)`,
  functions: `select pg_get_functiondef(oid) || proowner::regrole from pg_proc where ${ours('pronamespace')}`,
  tables: `
    select concat_ws(' ', oid::regclass, relowner::regrole, relrowsecurity, relforcerowsecurity, reloptions)
    from pg_class where ${ours('relnamespace')}`,
  triggers: `
    select concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled)
    from pg_trigger join pg_class on pg_class.oid = tgrelid where not tgisinternal and ${ours('relnamespace')}`,
  comments: `
    select concat_ws(' ', object.type, object.identity, description)
    from pg_description cross join lateral pg_identify_object(classoid, objoid, objsubid) as object
    where object.identity ~ '\\mapp_'`,
  permissions: `
    select permissions::text from app_public.permissions
    union all
    select role_permissions::text from app_public.role_permissions`
}
