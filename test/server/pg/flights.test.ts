import test from 'ava'
import { flight } from '../../../server/pg.ts'
import { insert, key, notes, person, ping, setUp } from '../../helpers/pg.ts'

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
