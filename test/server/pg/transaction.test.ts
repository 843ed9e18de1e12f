import test from 'ava'
import { flight, NotCommitted, OpeningRefused, transaction } from '../../../server/pg.ts'
import { insert, notes, person, ping, setUp } from '../../helpers/pg.ts'

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
