import test from 'ava'
import pg from 'pg'
import { flight, transaction } from '../../../server/pg.ts'
import { person, ping, setUp } from '../../helpers/pg.ts'

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
