import test from 'ava'
import { expectations, type Expectation, type Tenant } from '../helpers/expectations.ts'
import { outcome, refusal, rows } from '../helpers/refusal.ts'
import { openStage, value, type PersonaName } from '../helpers/stage.ts'

const stage = openStage(test)
const requestRoles = ['rowgate_anonymous', 'rowgate_user', 'rowgate_key']
const names = new Map<string, string>()
let colleague: string

test.serial.before(async () => {
  const { admin, world } = stage
  // A second person in the other organization: what nobody of Acme may touch then includes rows that are no owner's.
  colleague = await value(
    stage,
    "insert into app_public.users (email, name) values ('colleague@example.com', 'colleague') returning id"
  )
  await admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'member')", [
    world.other,
    colleague
  ])
  names.set(world.acme, 'acme').set(world.other, 'other').set(colleague, 'colleague')
  for (const [name, id] of Object.entries(world.people)) names.set(id, name)
  for (const [name, id] of Object.entries(world.teams)) names.set(id, `${name} team`)
  for (const [name, id] of Object.entries(world.roles)) names.set(id, `${name} role`)
  for (const [name, id] of Object.entries(world.transfers)) names.set(id, `${name} transfer`)
  for (const [name, rows] of Object.entries(world.invited)) {
    names.set(rows.invitation, `${name} invitation`)
    names.set(rows.joinLink, `${name} join link`)
    names.set(rows.joinRequest, `${name} join request`)
  }
  for (const [name, { id }] of Object.entries(world.keys)) names.set(id, `${name} key`)
  for (const [name, id] of Object.entries(world.records)) names.set(id, `${name} record`)
  for (const [name, id] of Object.entries(world.statements)) names.set(id, `${name} statement`)
  for (const [name, id] of Object.entries(world.exports)) names.set(id, `${name} export`)
  for (const [name, id] of Object.entries(world.holds)) names.set(id, `${name} hold`)
})

test('Every table has an expectation.', async t => {
  const { rows } = await stage.admin.query(
    `select relname from pg_class
     where relnamespace = 'app_public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by 1`
  )
  t.deepEqual(
    rows.map(({ relname }) => relname),
    Object.keys(expectations).sort()
  )
})

test('No request role has a right on a table outside the API, or one that no policy binds.', async t => {
  const { rows } = await stage.admin.query(
    `select format('%s may %s %s', role, privilege, pg_class.oid::regclass) as problem
     from pg_class
       cross join unnest($1::text[]) as role
       cross join unnest(
         array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']
       ) as privilege
     where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
       and (relnamespace <> 'app_public'::regnamespace or privilege in ('truncate', 'references', 'trigger'))
       and case when privilege in ('delete', 'truncate', 'trigger')
         then has_table_privilege(role, pg_class.oid, privilege)
         else has_any_column_privilege(role, pg_class.oid, privilege) end`,
    [requestRoles]
  )
  t.deepEqual(rows, [])
  const { rows: secrets } = await stage.admin.query(
    "select oid::regclass as name from pg_class where relkind = 'r' and relnamespace = 'app_private'::regnamespace"
  )
  t.true(secrets.length > 0)
  for (const { name } of secrets) {
    t.deepEqual(
      await collect(persona => outcome(stage.cast[persona].attempt(`select * from ${name}`))),
      expect(persona => (persona === 'revokedKey' ? 'API_KEY_INVALID' : 'no grant')),
      name
    )
  }
})

const labels = (result: Record<string, unknown>[], identity: string[]) => {
  const all = result.map(row => identity.map(column => names.get(String(row[column])) ?? String(row[column])).join('/'))
  return all.length > 20 ? ['everything'] : all.sort()
}

/** What somebody gets who has no right to it: the person's row is not there, a key or nobody has not even a grant. */
function without(name: PersonaName, granted: boolean, forPeople: string): string {
  if (name === 'revokedKey') return 'API_KEY_INVALID'
  return granted && !['key', 'anonymous'].includes(name) ? forPeople : 'no grant'
}

for (const [table, expected] of Object.entries(expectations)) {
  const { identity } = expected
  const read = `select ${identity.join(', ')} from app_public.${table}`

  test.serial(`Who sees which rows of ${table}.`, async t => {
    const seen = await collect(name => stage.cast[name](read).then(result => labels(result.rows, identity), refusal))
    t.deepEqual(
      seen,
      expect(name => (name === 'revokedKey' ? 'API_KEY_INVALID' : (expected.sees[name] ?? [])))
    )
    const there = labels((await stage.admin.query(read)).rows, identity)
    const unseen = there.filter(row => !Object.values(seen).some(labels => labels.includes(row)))
    t.deepEqual(unseen, [], 'each row that somebody can not see has somebody who can')
  })

  test.serial(`Who may insert into ${table}.`, async t => {
    for (const tenant of ['acme', 'other'] as const) {
      const [sql, values] = insertion(table, expected, tenant)
      t.deepEqual(
        await collect(name => outcome(stage.cast[name].attempt(sql, values))),
        expect(name =>
          expected.insert?.[tenant].includes(name) ? '1 row' : without(name, Boolean(expected.insert), 'policy')
        ),
        `a row of ${tenant}`
      )
    }
    t.deepEqual(
      await granted(table, 'insert'),
      Object.keys(expected.insert?.columns({ ...stage.world, colleague }, 'acme') ?? {}).sort()
    )
  })

  test.serial(`Who may update which rows of ${table}.`, async t => {
    const set =
      expected.update?.set ?? (expected.update?.columns ?? identity).map(name => `${name} = ${name}`).join(', ')
    await reaches(t, `update app_public.${table} set ${set}`, table, expected.update)
    t.deepEqual(await granted(table, 'update'), [...(expected.update?.columns ?? [])].sort())
    for (const column of await columnsOf(table)) {
      if (expected.update?.columns.includes(column)) continue
      const sql = `update app_public.${table} set ${column} = ${column}`
      t.is(await outcome(stage.cast.owner.attempt(sql)), 'no grant', column)
    }
  })

  test.serial(`Who may delete which rows of ${table}.`, async t => {
    await reaches(t, `delete from app_public.${table}`, table, expected.delete)
  })
}

/** Tries it without a WHERE, which no SELECT policy then narrows, and on each tenant's rows by name. */
async function reaches(
  t: import('ava').ExecutionContext,
  statement: string,
  table: string,
  spec: (Record<Tenant, Partial<Record<PersonaName, number>>> & { where?: string }) | undefined
): Promise<void> {
  const tenantColumn = table === 'organizations' ? 'id' : 'organization_id'
  const conditions = spec?.where ? [spec.where] : []
  const reached = (tenant: Tenant, name: PersonaName) => spec?.[tenant][name] ?? 0
  const cases: [string, string[], (name: PersonaName) => number][] = [
    // A condition on the role is part of the case, so a statement that has one is never quite bare.
    ['all rows', conditions, name => reached('acme', name) + reached('other', name)]
  ]
  if (spec) {
    for (const tenant of ['acme', 'other'] as const) {
      cases.push([tenant, [...conditions, `${tenantColumn} = '${stage.world[tenant]}'`], name => reached(tenant, name)])
    }
  }
  for (const [which, where, count] of cases) {
    const sql = statement + (where.length ? ` where ${where.join(' and ')}` : '')
    t.deepEqual(
      await collect(name => outcome(stage.cast[name].attempt(sql))),
      expect(name => without(name, Boolean(spec), rows(count(name)))),
      which
    )
  }
}

function insertion(table: string, { insert }: Expectation, tenant: Tenant): [string, unknown[]] {
  if (!insert) return [`insert into app_public.${table} default values`, []]
  const row = Object.entries(insert.columns({ ...stage.world, colleague }, tenant))
  return [
    `insert into app_public.${table} (${row.map(([column]) => column).join(', ')})
     values (${row.map((_, index) => `$${index + 1}`).join(', ')})`,
    row.map(([, value]) => value)
  ]
}

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await stage.admin.query(
    'select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = $2',
    [`app_public.${table}`, '']
  )
  return rows.map(({ attname }) => attname)
}

async function granted(table: string, verb: string): Promise<string[]> {
  const { rows } = await stage.admin.query(
    `select distinct attname as name from pg_attribute cross join unnest($1::text[]) as role
     where attrelid = $2::regclass and attnum > 0 and has_column_privilege(role, attrelid, attnum, $3) order by 1`,
    [requestRoles, `app_public.${table}`, verb]
  )
  return rows.map(({ name }) => name)
}

async function collect<T>(work: (name: PersonaName) => Promise<T>): Promise<Partial<Record<PersonaName, T>>> {
  const everybody = Object.keys(stage.cast) as PersonaName[]
  return Object.fromEntries(await Promise.all(everybody.map(async name => [name, await work(name)])))
}

function expect<T>(what: (name: PersonaName) => T): Partial<Record<PersonaName, T>> {
  return Object.fromEntries((Object.keys(stage.cast) as PersonaName[]).map(name => [name, what(name)])) as Partial<
    Record<PersonaName, T>
  >
}
