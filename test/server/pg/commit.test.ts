import test from 'ava'
import { flight, NotCommitted, transaction } from '../../../server/pg.ts'
import type { Statement } from '../../../server/pg.ts'
import { insert, login, look, person, ping, replacing, scratch, session, setUp } from '../../helpers/pg.ts'

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
