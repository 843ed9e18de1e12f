import test from 'ava'
import pg from 'pg'
import { flight, transaction } from '../../../server/pg.ts'
import { insert, key, login, look, notes, person, ping, scratch, session, setUp } from '../../helpers/pg.ts'

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

test('a pool that createPool did not make is refused', async t => {
  const pool = new pg.Pool({ connectionString: scratch.urlAs(login, 'secret') })
  t.teardown(() => pool.end())
  await t.throwsAsync(flight(pool, person(t.title), ping), { message: /createPool/ })
})

test('jit is off and the application is named, without a query for it', async t => {
  const { pool, who } = await setUp(t)
  const { rows } = await flight(pool, person(who), {
    text: "select current_setting('jit') as jit, current_setting('application_name') as app"
  })
  t.deepEqual(rows, [{ jit: 'off', app: 'rowgate' }])
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
