import test from 'ava'
import pg from 'pg'
import type { ExecutionContext } from 'ava'
import { grafast } from 'grafast'
import type { ExecutionResult, GraphQLObjectType } from 'graphql'
import { makeSchema } from 'postgraphile'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { createPool, flight, makePgService, NotCommitted, OpeningRefused, transaction } from '../../server/pg.ts'
import type { Opening, PoolOptions, Statement } from '../../server/pg.ts'
import { PreparedStatements } from '../../server/pg/prepared.ts'
import { startProxy } from '../helpers/proxy.ts'
import { startScratch } from '../helpers/scratch.ts'
import type { Scratch } from '../helpers/scratch.ts'

const login = 'rowgate_authenticator'
let scratch: Scratch

test.before(async () => {
  scratch = await startScratch()
  await scratch.sql(`
    create role ${login} login noinherit password 'secret';
    create role rowgate_user;
    create role rowgate_key;
    grant rowgate_user, rowgate_key to ${login};
    revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
    grant execute on function pg_catalog.set_config(text, text, boolean) to ${login};

    create schema app_hidden;
    create function app_hidden.resolve_request(who text) returns text language plpgsql security definer as $$
    begin
      raise notice 'resolving %', who;
      if who = 'nobody' then
        raise exception 'SESSION_ENDED' using errcode = 'RG401', detail = '{"sid":"s1"}', hint = 'sign in';
      end if;
      return set_config('rowgate.user_id', who, true);
    end $$;
    create function app_hidden.who() returns text language sql stable as $$ select current_setting('rowgate.user_id', true) $$;
    create function app_hidden.authorize_request() returns text language sql stable as $$ select app_hidden.who() $$;
    grant usage on schema app_hidden to ${login}, rowgate_user, rowgate_key;

    create table public.notes (id int generated always as identity, owner text not null default app_hidden.who(), body text not null);
    alter table public.notes enable row level security;
    create policy own on public.notes to rowgate_user, rowgate_key using (owner = app_hidden.who());
    grant select, insert on public.notes to rowgate_user, rowgate_key;
    create table public.late (id int unique deferrable initially deferred);
    grant select, insert on public.late to rowgate_user;

    create function public.warn(text) returns text language plpgsql as $$
    begin raise notice 'note %', $1 using hint = 'a hint'; return $1; end $$;
    create function public.stay_somebody_else() returns text language plpgsql as $$
    begin execute 'set role rowgate_key'; execute 'set search_path = nowhere'; set rowgate.left_behind = 'yes'; return current_user; end $$;
  `)
})

test.after.always(() => scratch?.stop())

const resolve = (who: string): Statement => ({
  text: 'select app_hidden.resolve_request($1)',
  values: [who],
  name: 'resolve'
})

function person(who: string): Opening {
  return { statements: [resolve(who), { text: 'set local role rowgate_user', name: 'role' }] }
}

function key(who: string): Opening {
  return {
    statements: [
      resolve(who),
      { text: 'set local role rowgate_key', name: 'role' },
      { text: 'select app_hidden.authorize_request()', name: 'authorize' },
      { text: "set local lock_timeout = '1s'", name: 'lock' }
    ]
  }
}

const insert = (body: string): Statement => ({
  text: 'insert into notes (body) values ($1) returning body',
  values: [body],
  name: 'insert'
})
const notes: Statement = { text: 'select body, current_user::text as role from notes order by id', name: 'notes' }
const ping: Statement = { text: 'select pg_backend_pid() as pid, current_user::text as role' }

/** Each test has a database user's view of its own: a proxy, a pool through it, and a name that nobody else uses. */
async function setUp(t: ExecutionContext, options: Partial<PoolOptions> = {}) {
  const proxy = await startProxy(scratch.urlAs(login, 'secret'))
  const lost: Error[] = []
  const pool = createPool({ connectionString: proxy.url, max: 1, onLost: error => lost.push(error), ...options })
  t.teardown(async () => {
    await pool.end()
    await proxy.stop()
  })
  const who = t.title
  return {
    proxy,
    pool,
    lost,
    who,
    async flightsOf<T>(task: () => Promise<T>): Promise<[number, T]> {
      const before = proxy.flights()
      const value = await task()
      return [proxy.flights() - before, value]
    },
    bodies: async () =>
      (await scratch.sql('select body from notes where owner = $1 order by id', [who])).map(({ body }) => body),
    pid: async () => (await flight(pool, person(who), ping)).rows[0].pid as number
  }
}

/** What a look from outside finds on the pool's only connection. */
async function look(pool: pg.Pool, text: string): Promise<any[]> {
  const client = await pool.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    client.release()
  }
}

const session = `
  select current_user::text as role, current_setting('search_path') as path,
    nullif(current_setting('rowgate.user_id', true), '') as claim, nullif(current_setting('rowgate.left_behind', true), '') as left,
    pg_backend_pid() as pid`

test('a read for a person is one flight, on the first use of its statement too', async t => {
  const { pool, who, flightsOf } = await setUp(t)
  await flight(pool, person(who), insert('mine'))
  const [first, answer] = await flightsOf(() => flight(pool, person(who), notes))
  const [second] = await flightsOf(() => flight(pool, person(who), notes))
  t.deepEqual(answer, { rows: [{ body: 'mine', role: 'rowgate_user' }], rowCount: 1, notices: [] })
  t.deepEqual([first, second], [1, 1])
})

test('a request with an API key, whose opening is four statements, is one flight', async t => {
  const { pool, who, flightsOf } = await setUp(t)
  await flight(pool, person(who), ping)
  const [first, answer] = await flightsOf(() => flight(pool, key(who), insert('by key')))
  const [second] = await flightsOf(() => flight(pool, key(who), insert('again')))
  t.deepEqual(answer.rows, [{ body: 'by key' }])
  t.deepEqual([first, second], [1, 1])
})

test('a flight is one write to the socket, so that no part of it waits for an answer to another', async t => {
  const { pool, who } = await setUp(t)
  let writes = 0
  pool.on('connect', client => {
    const { stream } = (client as unknown as { connection: { stream: any } }).connection
    for (const method of ['_write', '_writev']) {
      const original = stream[method]
      stream[method] = (...args: unknown[]) => {
        writes += 1
        return original.apply(stream, args)
      }
    }
  })
  await flight(pool, person(who), ping)
  t.is(writes, 1)
  await flight(pool, key(who), insert('one write'))
  t.is(writes, 2)
})

test('the proxy counts each wait: the same transaction sent statement by statement is four flights', async t => {
  const { pool, flightsOf } = await setUp(t)
  const client = await pool.connect()
  const [count] = await flightsOf(async () => {
    for (const text of ['begin', 'select 1', 'select 2', 'commit']) await client.query(text)
  })
  client.release()
  t.is(count, 4)
})

test('an answer that comes back slowly and in pieces is still one flight', async t => {
  const { pool, who, proxy, flightsOf } = await setUp(t)
  await flight(pool, person(who), ping)
  proxy.delay(2)
  const [count, { rows }] = await flightsOf(() =>
    flight(pool, person(who), {
      text: "select n, repeat('x', 2000) as filler from generate_series(1, 500) n",
      arrayMode: true
    })
  )
  t.deepEqual([count, rows.length, rows[499][0]], [1, 500, 500])
})

test('when an opening statement raises, the query does not run and the caller is refused', async t => {
  const { pool, who, pid, bodies } = await setUp(t)
  const before = await pid()
  const opening: Opening = { statements: [...person(who).statements, resolve('nobody')] }
  const refused = await t.throwsAsync(flight(pool, opening, insert('sneaked')), { instanceOf: OpeningRefused })
  t.like(refused, { message: 'SESSION_ENDED', code: 'RG401', detail: '{"sid":"s1"}', hint: 'sign in' })
  t.true(refused!.cause instanceof pg.DatabaseError)
  t.deepEqual(await bodies(), [])

  await flight(pool, person(who), insert('allowed'))
  t.deepEqual(await bodies(), ['allowed'])
  t.is(await pid(), before, 'a refusal costs no connection')
})

test('an error of the statement itself is the DatabaseError as it is, and its transaction is gone', async t => {
  const { pool, who, pid, bodies } = await setUp(t)
  const before = await pid()
  const failed = await t.throwsAsync(
    flight(pool, person(who), { text: 'select 1 / $1::int', values: [0], name: 'divide' })
  )
  t.true(failed instanceof pg.DatabaseError)
  t.like(failed, { code: '22012' })
  const { rows } = await flight(pool, person(who), { text: 'select 1 / $1::int as n', values: [1], name: 'divide' })
  t.deepEqual(rows, [{ n: 1 }])
  t.deepEqual(await bodies(), [])
  t.is(await pid(), before)
})

test('rows are given out only when the last answer is COMMIT', async t => {
  const { pool, who, proxy, bodies } = await setUp(t)
  // A transaction that was aborted answers its commit so: with the tag ROLLBACK and no error.
  proxy.rewrite(replacing('commit', 'abort '))
  await t.throwsAsync(flight(pool, person(who), insert('lost')), { instanceOf: NotCommitted, message: /ROLLBACK/ })
  t.deepEqual(await bodies(), [])

  proxy.rewrite(chunk => chunk)
  t.deepEqual((await flight(pool, person(who), insert('kept'))).rows, [{ body: 'kept' }])
  t.deepEqual(await bodies(), ['kept'])
})

test('a commit that raises gives out nothing', async t => {
  const { pool, who } = await setUp(t)
  const twice = (id: number): Statement => ({
    text: 'insert into late select $1 from generate_series(1, $2::int) returning id',
    values: [id, 2]
  })
  await t.throwsAsync(flight(pool, person(who), twice(7)), { code: '23505' })
  t.deepEqual(await scratch.sql('select * from late where id = 7'), [])
  const once = { ...twice(8), values: [8, 1] }
  t.deepEqual((await flight(pool, person(who), once)).rows, [{ id: 8 }])
})

test('when begin fails, nothing behind it runs, not even for a login that could', async t => {
  // The superuser: a login without rights would hide that the statement had run in autocommit.
  const proxy = await startProxy(scratch.url)
  const pool = createPool({ connectionString: proxy.url, max: 1 })
  t.teardown(async () => {
    await pool.end()
    await proxy.stop()
  })
  const opening: Opening = { statements: [resolve(t.title)] }
  const insertAsOwner: Statement = { text: 'insert into notes (owner, body) values ($1, $2)', values: [t.title, 'ran'] }
  const bodies = () => scratch.sql('select body from notes where owner = $1', [t.title])

  proxy.rewrite(replacing('begin', 'bogus'))
  const failed = await t.throwsAsync(flight(pool, opening, insertAsOwner), { code: '42601' })
  t.false(failed instanceof OpeningRefused)
  t.deepEqual(await bodies(), [])
  await t.throwsAsync(
    transaction(pool, opening, client => client.query(insertAsOwner as { text: string })),
    { code: '42601' }
  )
  t.deepEqual(await bodies(), [])

  proxy.rewrite(chunk => chunk)
  await flight(pool, opening, insertAsOwner)
  t.deepEqual(await bodies(), [{ body: 'ran' }])
})

test("with a Sync behind each statement, as pg's own pipeline has it, a failed begin lets the rest run", async t => {
  const proxy = await startProxy(scratch.url)
  const pool = new pg.Pool({ connectionString: proxy.url, max: 1, pipeline: true })
  t.teardown(async () => {
    await pool.end()
    await proxy.stop()
  })
  // The form of the message is another one there: pg sends a text without values as a simple query.
  proxy.rewrite(chunk => Buffer.from(chunk.toString('latin1').replace('begin\0', 'bogus\0'), 'latin1'))
  const client = await pool.connect()
  const insertAsOwner = { text: 'insert into notes (owner, body) values ($1, $2)', values: [t.title, 'ran'] }
  const [begun, , inserted] = await Promise.allSettled(
    ['begin', 'set local role rowgate_user', insertAsOwner, 'commit'].map(query => client.query(query as string))
  )
  client.release()
  t.deepEqual([begun!.status, inserted!.status], ['rejected', 'fulfilled'])
  t.deepEqual(await scratch.sql('select body from notes where owner = $1', [t.title]), [{ body: 'ran' }])
})

test('what answers begin with anything but BEGIN is not our transaction', async t => {
  const { pool, who, proxy } = await setUp(t)
  proxy.rewrite(replacing('begin', 'abort'))
  await t.throwsAsync(flight(pool, person(who), ping), { instanceOf: NotCommitted, message: /ROLLBACK, SELECT 1, SET/ })
  await t.throwsAsync(
    transaction(pool, person(who), client => client.query(ping as { text: string })),
    { instanceOf: NotCommitted }
  )
  proxy.rewrite(chunk => chunk)
  t.is((await flight(pool, person(who), ping)).rows[0].role, 'rowgate_user')
})

test('a connection that somebody left inside a transaction is destroyed, never used', async t => {
  const { pool, who, pid, bodies } = await setUp(t)
  const before = await pid()
  for (const left of ['begin', 'begin; select 1/0']) {
    const client = await pool.connect()
    await client.query(left).catch(() => {})
    client.release()
    t.is((await flight(pool, person(who), insert(left))).rowCount, 1)
  }
  t.deepEqual(await bodies(), ['begin', 'begin; select 1/0'])
  t.not(await pid(), before)
})

for (const text of [
  'commit',
  'rollback',
  'commit and chain',
  'rollback and chain',
  'begin',
  'savepoint a',
  'set role rowgate_key',
  'reset role',
  'reset all',
  ''
]) {
  test(`as a statement, "${text}" gives nothing out and costs the connection`, async t => {
    const { pool, who, pid } = await setUp(t)
    const before = await pid()
    await t.throwsAsync(flight(pool, person(who), { text }), { instanceOf: NotCommitted })
    t.not(await pid(), before)

    const middle = await pid()
    await t.throwsAsync(
      transaction(pool, person(who), async client => {
        await client.query({ text }).catch(() => {})
        await client.query({ text: `insert into notes (owner, body) values ('${who}', 'after')` })
      }),
      { instanceOf: NotCommitted }
    )
    t.not(await pid(), middle)
    t.deepEqual(await look(pool, session).then(([row]) => row.role), login)
  })
}

test('an opening that ends the transaction gives nothing out', async t => {
  const { pool, who, pid } = await setUp(t)
  const before = await pid()
  const opening: Opening = { statements: [...person(who).statements, { text: 'commit' }] }
  await t.throwsAsync(flight(pool, opening, ping), { instanceOf: NotCommitted })
  await t.throwsAsync(
    transaction(pool, opening, () => t.fail() as never),
    { instanceOf: NotCommitted }
  )
  t.not(await pid(), before)
})

test('statements of a transaction wait for each other: none slips behind one that ends it', async t => {
  const { pool, who, proxy } = await setUp(t)
  const sent: string[] = []
  proxy.rewrite(chunk => {
    sent.push(chunk.toString('latin1'))
    return chunk
  })
  await t.throwsAsync(
    transaction(pool, person(who), async client => {
      await Promise.allSettled([
        client.query({ text: "select 'ahead'" }),
        client.query({ text: 'commit' }),
        client.query({ text: "select 'behind'" })
      ])
    }),
    { instanceOf: NotCommitted }
  )
  t.true(sent.some(chunk => chunk.includes("'ahead'")))
  t.false(sent.some(chunk => chunk.includes("'behind'")))
})

for (const [from, to] of [
  ['reset role', 'wrong role'],
  ['reset all', 'begin    ']
] as const) {
  test(`what was committed is given out, even when "${to}" leaves the connection unfit; it is destroyed`, async t => {
    const { pool, who, proxy, pid, bodies } = await setUp(t)
    proxy.rewrite(replacing(from, to))
    t.is((await flight(pool, person(who), insert('flight'))).rowCount, 1)
    t.is(pool.idleCount, 0)
    await transaction(pool, person(who), client => client.query(insert('transaction') as { text: string }))
    t.is(pool.idleCount, 0)

    proxy.rewrite(chunk => chunk)
    await pid()
    t.is(pool.idleCount, 1)
    t.deepEqual(await bodies(), ['flight', 'transaction'])
  })
}

test('one text is one statement: nothing can be appended to it', async t => {
  const { pool, who } = await setUp(t)
  await t.throwsAsync(flight(pool, person(who), { text: 'select 1; commit; select 2' }), { code: '42601' })
  t.is((await flight(pool, person(who), { text: 'select 1' })).rowCount, 1)
})

test('COPY can not hang the connection', async t => {
  const { pool, who } = await setUp(t)
  await t.throwsAsync(flight(pool, person(who), { text: 'copy late from stdin' }))
  await t.throwsAsync(flight(pool, person(who), { text: 'copy (select 1) to stdout' }), {
    instanceOf: NotCommitted,
    message: /COPY/
  })
  await t.throwsAsync(transaction(pool, person(who), client => client.query({ text: 'copy late from stdin' })))
  t.is((await flight(pool, person(who), ping)).rowCount, 1)
})

test('a connection cut before the server heard anything fails the flight, and the pool heals', async t => {
  const { pool, who, proxy, lost, bodies } = await setUp(t)
  await flight(pool, person(who), insert('before'))
  const cut = proxy.cutNext()
  await t.throwsAsync(flight(pool, person(who), insert('unheard')), { message: /terminated/ })
  t.true((await cut).includes('unheard'))
  t.is(lost.length, 1)
  await flight(pool, person(who), insert('after'))
  t.deepEqual(await bodies(), ['before', 'after'])
  t.is(pool.totalCount, 1)
})

test('a connection cut while the answer is under way fails the flight: its outcome is unknown', async t => {
  const { pool, who, proxy, bodies } = await setUp(t)
  await flight(pool, person(who), insert('before'))
  proxy.cutAtAnswer('COMMIT')
  await t.throwsAsync(flight(pool, person(who), insert('committed unseen')), { message: /terminated/ })
  t.deepEqual(
    (await flight(pool, person(who), notes)).rows.map(({ body }) => body),
    ['before', 'committed unseen']
  )
  t.deepEqual(await bodies(), ['before', 'committed unseen'])
})

test('losing an idle connection, or one ended by the server, is reported and survived', async t => {
  const { pool, who, proxy, lost, pid } = await setUp(t)
  await pid()
  const removed = new Promise(resolve => pool.once('remove', resolve))
  proxy.cut()
  await removed
  t.is(lost.length, 1)

  const removedAgain = pid().then(async pid => {
    const gone = new Promise(resolve => pool.once('remove', resolve))
    await scratch.sql('select pg_terminate_backend($1)', [pid])
    await gone
  })
  await removedAgain
  t.is((await flight(pool, person(who), ping)).rowCount, 1)
})

test('after a flight no claim, role or setting is left, whatever a function did to the session', async t => {
  const { pool, who } = await setUp(t)
  const [clean] = await look(pool, session)
  t.like(clean, { role: login, claim: null, left: null })

  const { rows } = await flight(pool, person(who), { text: 'select stay_somebody_else() as role' })
  t.deepEqual(rows, [{ role: 'rowgate_key' }])
  t.deepEqual(await look(pool, session), [clean])

  await transaction(pool, person(who), async client => {
    await client.query({ text: 'select stay_somebody_else()' })
    t.like((await client.query({ text: session })).rows[0], {
      role: 'rowgate_key',
      path: 'nowhere',
      claim: who,
      left: 'yes'
    })
  })
  t.deepEqual(await look(pool, session), [clean])

  await t.throwsAsync(flight(pool, person(who), { text: 'select stay_somebody_else()::int' }), { code: '22P02' })
  t.deepEqual(await look(pool, session), [clean])
})

test('without an opening nothing is sent, not even a connection is made', async t => {
  const { pool, who, proxy } = await setUp(t)
  const service = makePgService({ pool, schemas: ['public'], pubsub: false })
  const withPgClient = await service.adaptor.createWithPgClient(service.adaptorSettings)
  const none: any[] = [
    null,
    undefined,
    {},
    { role: 'rowgate_user' },
    { statements: [] },
    { statements: [{}] },
    { statements: [{ text: ' ' }] },
    { statements: 'x' },
    []
  ]
  for (const settings of none) {
    await t.throwsAsync(
      withPgClient(settings, () => t.fail()),
      { instanceOf: TypeError, message: /Opening/ }
    )
    await t.throwsAsync(flight(pool, settings, ping), { instanceOf: TypeError })
    await t.throwsAsync(
      transaction(pool, settings, async () => {}),
      { instanceOf: TypeError }
    )
  }
  t.is(proxy.connections(), 0)
  const { rows } = await withPgClient(person(who) as any, client => client.query<any>(ping as { text: string }))
  t.is(rows[0].role, 'rowgate_user')
  await t.throwsAsync(async () => service.adaptor.createWithPgClient(service.adaptorSettings, 'SUPERUSER'), {
    message: /superuser/
  })
})

test('a pool that createPool did not make is refused', async t => {
  const pool = new pg.Pool({ connectionString: scratch.urlAs(login, 'secret') })
  t.teardown(() => pool.end())
  await t.throwsAsync(flight(pool, person(t.title), ping), { message: /createPool/ })
})

test('a value that can not be written fails before anything is sent', async t => {
  const { pool, who, pid, flightsOf } = await setUp(t)
  const before = await pid()
  const circular: any = {}
  circular.self = circular
  const [count] = await flightsOf(() =>
    t.throwsAsync(flight(pool, person(who), { text: 'select $1::jsonb', values: [circular] }), {
      instanceOf: TypeError
    })
  )
  t.is(count, 0)
  await t.throwsAsync(
    transaction(pool, person(who), client => client.query({ text: 'select $1::jsonb', values: [circular] })),
    { instanceOf: TypeError }
  )
  const { rows } = await flight(pool, person(who), {
    text: 'select $1::jsonb as v, $2::int[] as n, $3::bytea as b, $4::text as z',
    values: [{ a: 1 }, [1, 2], Buffer.from('x'), null]
  })
  t.deepEqual(rows, [{ v: { a: 1 }, n: [1, 2], b: Buffer.from('x'), z: null }])
  t.is(await pid(), before)
})

test('types arrive as pg parses them by default', async t => {
  const { pool, who } = await setUp(t)
  const text = "select 9007199254740993::int8 as big, 1.50::numeric as exact, true as yes, '{}'::jsonb as json"
  const { rows } = await flight(pool, person(who), { text })
  t.deepEqual(rows, [{ big: '9007199254740993', exact: '1.50', yes: true, json: {} }])
  const { rows: arrays } = await flight(pool, person(who), { text, arrayMode: true })
  t.deepEqual(arrays, [['9007199254740993', '1.50', true, {}]])
})

test('the count of a statement without rows is its own', async t => {
  const { pool, who } = await setUp(t)
  const { rows, rowCount } = await flight(pool, person(who), {
    text: "insert into notes (body) select 'n' from generate_series(1, 3)"
  })
  t.deepEqual([rows, rowCount], [[], 3])
})

test('the notices of the statement are returned, those of the opening are not', async t => {
  const { pool, who } = await setUp(t)
  const { notices } = await flight(pool, person(who), { text: "select warn('careful')" })
  t.is(notices!.length, 1)
  t.like(notices![0], { severity: 'NOTICE', message: 'note careful', hint: 'a hint', code: '00000' })
  t.deepEqual((await flight(pool, person(who), ping)).notices, [])
})

test('jit is off and the application is named, without a query for it', async t => {
  const { pool, who } = await setUp(t)
  const { rows } = await flight(pool, person(who), {
    text: "select current_setting('jit') as jit, current_setting('application_name') as app"
  })
  t.deepEqual(rows, [{ jit: 'off', app: 'rowgate' }])
})

const parsed = 'select statement from pg_prepared_statements order by prepare_time'

test('a named statement is parsed once on its connection', async t => {
  const { pool, who, proxy } = await setUp(t)
  const sent: string[] = []
  proxy.rewrite(chunk => {
    sent.push(chunk.toString('latin1'))
    return chunk
  })
  for (const n of [1, 2, 3])
    t.deepEqual((await flight(pool, person(who), { text: 'select $1::int as n', values: [n], name: 'n' })).rows, [
      { n }
    ])
  t.is(sent.filter(chunk => chunk.includes('select $1::int as n')).length, 1)
  const statements = (await look(pool, parsed)).map(({ statement }) => statement)
  t.is(statements.filter(statement => statement === 'select $1::int as n').length, 1)
  t.is(statements.filter(statement => statement === 'begin').length, 1)
})

test('a named statement that was skipped, or failed to parse, is not taken for parsed', async t => {
  const { pool, who, pid } = await setUp(t)
  const before = await pid()
  const later: Statement = { text: 'select body from later_made', name: 'later' }
  await t.throwsAsync(flight(pool, { statements: [resolve('nobody')] }, later), { instanceOf: OpeningRefused })
  await t.throwsAsync(flight(pool, person(who), later), { code: '42P01' })
  await scratch.sql("create table later_made as select 'now' as body; grant select on later_made to rowgate_user")
  t.deepEqual((await flight(pool, person(who), later)).rows, [{ body: 'now' }])
  t.deepEqual((await flight(pool, person(who), later)).rows, [{ body: 'now' }])
  t.is(await pid(), before)
})

test('a statement that a migration outdated fails once and is parsed anew', async t => {
  const { pool, who } = await setUp(t)
  await scratch.sql(
    'create table changing (a int); grant select on changing to rowgate_user; insert into changing values (1)'
  )
  const all: Statement = { text: 'select * from changing', name: 'all' }
  t.deepEqual((await flight(pool, person(who), all)).rows, [{ a: 1 }])
  await scratch.sql('alter table changing add b int default 2')
  await t.throwsAsync(flight(pool, person(who), all), { code: '0A000' })
  t.deepEqual((await flight(pool, person(who), all)).rows, [{ a: 1, b: 2 }])
})

test('two texts under one name stay two statements', async t => {
  const { pool, who } = await setUp(t)
  for (const _ of [1, 2]) {
    t.deepEqual((await flight(pool, person(who), { text: 'select 1 as one', name: 'same' })).rows, [{ one: 1 }])
    t.deepEqual((await flight(pool, person(who), { text: 'select 2 as two', name: 'same' })).rows, [{ two: 2 }])
  }
})

test('only so many statements stay parsed, and the oldest goes without a flight of its own', async t => {
  const { pool, who, pid, flightsOf } = await setUp(t, { preparedStatements: 10 })
  const before = await pid()
  for (const round of [1, 2]) {
    for (let n = 0; n < 25; n += 1) {
      const [count, { rows }] = await flightsOf(() =>
        flight(pool, person(who), { text: `select ${n} as n`, name: `n${n}` })
      )
      t.deepEqual([count, rows], [1, [{ n }]], `round ${round}`)
    }
  }
  // Eviction also where the batch that carries it fails.
  await t.throwsAsync(flight(pool, { statements: [resolve('nobody')] }, { text: 'select 99 as n', name: 'n99' }), {
    instanceOf: OpeningRefused
  })
  await t.throwsAsync(flight(pool, person(who), { text: 'select 1 / 0', name: 'n100' }), { code: '22012' })
  t.deepEqual((await flight(pool, person(who), { text: 'select 1 as n', name: 'n1' })).rows, [{ n: 1 }])
  const statements = await look(pool, parsed)
  t.true(statements.length <= 10, `${statements.length} are parsed`)
  t.true(statements.some(({ statement }) => statement === 'select 1 as n'))
  t.false(statements.some(({ statement }) => statement === 'select 3 as n'))
  t.is(await pid(), before)
})

test('what was used last is given up last', t => {
  const statements = new PreparedStatements(2)
  const [a, b] = [statements.use('a'), statements.use('b')]
  t.is(statements.use('a'), a)
  const c = statements.use('c')
  t.deepEqual(statements.evict(new Set([c])), [b.id])
  t.deepEqual(statements.evict(new Set()), [])
  t.is(statements.use('a'), a)
  t.not(statements.use('b').id, b.id)
})

test('a batch with more statements than may stay parsed still works', async t => {
  const { pool, who } = await setUp(t, { preparedStatements: 2 })
  for (const _ of [1, 2]) t.is((await flight(pool, key(who), ping)).rows[0].role, 'rowgate_key')
})

test('many flights at once, with refusals among them, each get their own answer', async t => {
  const { pool, who } = await setUp(t, { max: 4, preparedStatements: 8 })
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) => {
      const opening = n % 7 === 0 ? person('nobody') : n % 2 ? person(`${who}${n}`) : key(`${who}${n}`)
      const statement = {
        text: `select app_hidden.who() as who, current_user::text as role, ${n % 20} as n`,
        name: `n${n % 20}`
      }
      return flight(pool, opening, statement).then(
        ({ rows }) => rows[0],
        error => error.code
      )
    })
  )
  t.deepEqual(
    answers,
    answers.map((_, n) =>
      n % 7 === 0 ? 'RG401' : { who: `${who}${n}`, role: n % 2 ? 'rowgate_user' : 'rowgate_key', n: n % 20 }
    )
  )
})

test('a transaction opens in one flight, and is one more for each statement and for the commit', async t => {
  const { pool, who, flightsOf, bodies } = await setUp(t)
  await flight(pool, person(who), ping)
  const [count, roles] = await flightsOf(() =>
    transaction(pool, person(who), async client => {
      await client.query(insert('one') as { text: string })
      t.deepEqual(await bodies(), [])
      return (await client.query<any>(notes as { text: string })).rows
    })
  )
  t.deepEqual(roles, [{ body: 'one', role: 'rowgate_user' }])
  t.is(count, 4)
  t.deepEqual(await bodies(), ['one'])
})

test('a transaction whose opening is refused never calls back', async t => {
  const { pool, who } = await setUp(t)
  await t.throwsAsync(
    transaction(pool, person('nobody'), () => t.fail() as never),
    { instanceOf: OpeningRefused, code: 'RG401' }
  )
  t.is(await transaction(pool, person(who), async () => 'called'), 'called')
})

test('an error of the callback rolls its transaction back', async t => {
  const { pool, who, bodies } = await setUp(t)
  await t.throwsAsync(
    transaction(pool, person(who), async client => {
      await client.query(insert('gone') as { text: string })
      throw new Error('changed my mind')
    }),
    { message: 'changed my mind' }
  )
  t.deepEqual(await bodies(), [])
})

test('a transaction whose callback swallowed an error does not pass for committed', async t => {
  const { pool, who, bodies } = await setUp(t)
  await t.throwsAsync(
    transaction(pool, person(who), async client => {
      await client.query(insert('gone') as { text: string })
      await client.query({ text: 'select 1 / 0' }).catch(() => {})
    }),
    { instanceOf: NotCommitted, message: /ROLLBACK/ }
  )
  t.deepEqual(await bodies(), [])
  t.is((await flight(pool, person(who), ping)).rows[0].role, 'rowgate_user')
})

test('nested transactions are savepoints: the inner one can fail alone', async t => {
  const { pool, who, bodies } = await setUp(t)
  await transaction(pool, person(who), async client => {
    await client.query(insert('outer') as { text: string })
    await client.withTransaction(async inner => inner.query(insert('inner') as { text: string }))
    await t.throwsAsync(
      client.withTransaction(async inner => {
        await inner.query(insert('undone') as { text: string })
        await inner.withTransaction(async innermost => innermost.query({ text: 'select 1 / 0' }))
      }),
      { code: '22012' }
    )
    await client.query(insert('last') as { text: string })
  })
  t.deepEqual(await bodies(), ['outer', 'inner', 'last'])
})

test('the client of a transaction does nothing after it, and what nobody waited for is waited for', async t => {
  const { pool, who, bodies } = await setUp(t)
  let kept: { query(statement: { text: string }): Promise<unknown> } | undefined
  await transaction(pool, person(who), async client => {
    kept = client
    void client.query(insert('not awaited') as { text: string })
    void client.query(insert('nor this') as { text: string })
  })
  t.deepEqual(await bodies(), ['not awaited', 'nor this'])
  await t.throwsAsync(kept!.query(insert('too late') as { text: string }), { message: /over/ })
  t.deepEqual(await bodies(), ['not awaited', 'nor this'])
})

test('subscriptions hear what is notified on their topic', async t => {
  const { pool, who } = await setUp(t, { max: 2 })
  const service = makePgService({ pool, schemas: ['public'] })
  const events = (service.pgSubscriber as any).subscribe('told') as AsyncIterableIterator<string>
  const listening = "select from pg_stat_activity where query like 'LISTEN%told%' and state = 'idle'"
  while ((await scratch.sql(listening)).length === 0);
  await scratch.sql("notify other, 'not this'; notify told, 'first'")
  await flight(pool, person(who), { text: "select pg_notify('told', 'second')" })
  t.deepEqual([(await events.next()).value, (await events.next()).value], ['first', 'second'])
  await service.release?.()
  t.true((await events.next()).done)
})

test('PostGraphile needs one flight for a document with one root field, query or mutation', async t => {
  await scratch.sql(`
    create schema app_public;
    create table app_public.memos (id int primary key generated always as identity, owner text not null default app_hidden.who(), body text not null, secret text);
    create table app_public.memo_lines (id int primary key generated always as identity, memo_id int not null references app_public.memos, body text not null);
    create index on app_public.memo_lines (memo_id);
    alter table app_public.memos enable row level security;
    create policy own on app_public.memos to rowgate_user using (owner = app_hidden.who());
    create function app_public.write_memo(body text) returns app_public.memos language plpgsql volatile as $$
    declare memo app_public.memos;
    begin
      if write_memo.body = '' then raise exception 'MEMO_EMPTY' using errcode = 'RG422'; end if;
      insert into app_public.memos (body) values (write_memo.body) returning id, memos.owner, memos.body into memo.id, memo.owner, memo.body;
      insert into app_public.memo_lines (memo_id, body) values (memo.id, 'first line');
      return memo;
    end $$;
    create function app_public.of_keys() returns int language sql as 'select 1';
    revoke execute on function app_public.of_keys() from public;
    grant execute on function app_public.of_keys() to rowgate_key;
    create function app_public.not_granted() returns int language sql as 'select 1';
    revoke execute on function app_public.not_granted() from public;
    grant usage on schema app_public to rowgate_user;
    grant select (id, owner, body), insert (body) on app_public.memos to rowgate_user;
    grant select, insert on app_public.memo_lines to rowgate_user;
  `)
  const { pool, proxy, flightsOf, who } = await setUp(t)
  const service = makePgService({
    pool,
    schemas: ['app_public'],
    pubsub: false,
    opening: context => (context as { opening: Opening }).opening
  })
  const { schema, resolvedPreset } = await makeSchema({ extends: [PostGraphileAmberPreset], pgServices: [service] })

  // Rights are those of the request roles: what none of them is granted is not in the API.
  const fields = schema.getType('Memo') as GraphQLObjectType
  t.deepEqual(
    Object.keys(fields.getFields()).filter(name => ['owner', 'body', 'secret'].includes(name)),
    ['owner', 'body']
  )
  t.false('notGranted' in schema.getMutationType()!.getFields())
  t.true('ofKeys' in schema.getMutationType()!.getFields())
  t.true('writeMemo' in schema.getMutationType()!.getFields())

  const run = (source: string, opening: Opening | undefined, variableValues = {}) =>
    flightsOf(
      async () =>
        (await grafast({
          schema,
          resolvedPreset,
          source,
          variableValues,
          requestContext: { opening } as object
        })) as ExecutionResult
    )
  const write = 'mutation ($body: String!) { writeMemo(input: { body: $body }) { result { body owner } } }'
  const read = 'query ($n: Int) { allMemos(first: $n) { nodes { body memoLinesByMemoId { nodes { body } } } } }'

  const sent: string[] = []
  proxy.rewrite(chunk => {
    sent.push(chunk.toString('latin1'))
    return chunk
  })
  for (const body of ['one', 'two']) {
    const [count, { data, errors }] = await run(write, person(who), { body })
    t.is(errors, undefined)
    t.deepEqual(JSON.parse(JSON.stringify(data)).writeMemo.result, { body, owner: who })
    t.is(count, 1)
  }
  t.is(sent.filter(chunk => /write_memo/.test(chunk)).length, 1, 'a mutation is parsed once as well')
  for (const n of [1, 2]) {
    const [count, { data, errors }] = await run(read, person(who), { n })
    t.is(errors, undefined)
    t.is(JSON.parse(JSON.stringify(data)).allMemos.nodes.length, n)
    t.is(count, 1)
  }

  // What PostGraphile plans as several statements is several flights: a total, and relations of what a mutation answered.
  t.is((await run('{ allMemos { totalCount nodes { body } } }', person(who)))[0], 2)
  const [two, { data }] = await run(write.replace('owner', 'memoLinesByMemoId { nodes { body } }'), person(who), {
    body: 'three'
  })
  t.deepEqual(JSON.parse(JSON.stringify(data)).writeMemo.result, {
    body: 'three',
    memoLinesByMemoId: { nodes: [{ body: 'first line' }] }
  })
  t.is(two, 2)

  const [, stranger] = await run(read, person('a stranger'), { n: 5 })
  t.like(JSON.parse(JSON.stringify(stranger.data)).allMemos, { nodes: [] })
  const [, raised] = await run(write, person(who), { body: '' })
  t.like(raised.errors![0]!.originalError, { code: 'RG422', message: 'MEMO_EMPTY' })
  const [, refused] = await run(read, person('nobody'))
  t.true(refused.errors![0]!.originalError instanceof OpeningRefused)
  const [count, without] = await run(read, undefined)
  t.regex(without.errors![0]!.message, /Opening/)
  t.is(count, 0)
})

/** Replaces in what the clients send, keeping the length that the message announced. */
function replacing(from: string, to: string): (chunk: Buffer) => Buffer {
  if (from.length !== to.length) throw new RangeError('Another length would break the protocol')
  return chunk => Buffer.from(chunk.toString('latin1').replaceAll(`\0${from}\0`, `\0${to}\0`), 'latin1')
}
