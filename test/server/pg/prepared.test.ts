import test from 'ava'
import { flight, OpeningRefused } from '../../../server/pg.ts'
import type { Statement } from '../../../server/pg.ts'
import { PreparedStatements } from '../../../server/pg/prepared.ts'
import { key, look, person, ping, resolve, scratch, setUp } from '../../helpers/pg.ts'

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
