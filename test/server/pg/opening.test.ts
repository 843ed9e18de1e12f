import test from 'ava'
import pg from 'pg'
import { createPool, flight, makePgService, NotCommitted, OpeningRefused, transaction } from '../../../server/pg.ts'
import type { Opening, Statement } from '../../../server/pg.ts'
import { insert, person, ping, replacing, resolve, scratch, setUp } from '../../helpers/pg.ts'
import { startProxy } from '../../helpers/proxy.ts'

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
