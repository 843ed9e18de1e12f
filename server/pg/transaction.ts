import pg from 'pg'
import type { PgClient, PgClientQuery, PgClientResult } from '@dataplan/pg'
import { begin, commit, forget, isData, opens } from './control.ts'
import { NotCommitted, OpeningRefused } from './failures.ts'
import { checkOut } from './session.ts'
import type { Session } from './session.ts'
import { assertOpening } from './statement.ts'
import type { Opening } from './statement.ts'

interface Transaction {
  readonly session: Session
  /** Whether begin and commit are behind us, by our hand or by a statement that should not have. */
  ended: boolean
}

type Callback<T> = (client: PgClient) => T | Promise<T>

/** Several statements in one transaction: a flight for begin and opening, one for each statement, one for the commit. */
export async function transaction<T>(pool: pg.Pool, opening: Opening, callback: Callback<T>): Promise<T> {
  assertOpening(opening)
  const transaction: Transaction = { session: await checkOut(pool, opening.signal), ended: false }
  try {
    await open(transaction, opening)
    const value = await scope(transaction, 1, callback)
    await close(transaction)
    return value
  } catch (error) {
    if (transaction.ended) transaction.session.destroy()
    else transaction.session.rollBack()
    throw error
  }
}

async function open(transaction: Transaction, opening: Opening): Promise<void> {
  const { tags, error } = await transaction.session.send([begin, ...opening.statements])
  if (error instanceof pg.DatabaseError && tags.length > 0) throw new OpeningRefused(error)
  if (error) throw error
  if (tags[0] === 'BEGIN' && tags.slice(1).every(opens)) return
  transaction.ended = true
  throw new NotCommitted(`Not a transaction: Postgres answered ${tags.join(', ')}`)
}

function assertOpen({ ended }: Transaction): void {
  if (ended) throw new NotCommitted('A statement ended the transaction, or its role')
}

async function close(transaction: Transaction): Promise<void> {
  assertOpen(transaction)
  transaction.ended = true
  const { tags, error } = await transaction.session.send([commit, ...forget])
  // An aborted transaction answers ROLLBACK, and no error: somebody swallowed one.
  if (tags[0] !== 'COMMIT') throw error ?? new NotCommitted(`Postgres answered the commit with ${tags[0]}`)
  transaction.session.giveBack()
}

/** Gives the callback a client that works while the callback runs, one statement after the other. */
async function scope<T>(transaction: Transaction, depth: number, callback: Callback<T>): Promise<T> {
  let over = false
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<R>(task: () => Promise<R>): Promise<R> {
    if (over) return Promise.reject(new Error('This transaction is over'))
    const turn = last.then(task)
    last = turn.catch(() => {})
    return turn
  }
  try {
    return await callback({
      query: query => inTurn(() => ask(transaction, query)),
      withTransaction: (nested: Callback<any>) => inTurn(() => savepoint(transaction, depth, nested))
    })
  } finally {
    over = true
    await last
  }
}

async function ask(transaction: Transaction, query: PgClientQuery): Promise<PgClientResult<any>> {
  assertOpen(transaction)
  const { tags, rows, rowCount, notices, error } = await transaction.session.send([query])
  if (error) throw error
  if (isData(tags[0])) return { rows, rowCount, notices }
  transaction.ended = true
  throw new NotCommitted(`${tags[0] || 'An empty statement'} is not for a statement inside a transaction`)
}

async function savepoint<T>(transaction: Transaction, depth: number, callback: Callback<T>): Promise<T> {
  const name = `nested_${depth}`
  await control(transaction, `savepoint ${name}`)
  try {
    const value = await scope(transaction, depth + 1, callback)
    await control(transaction, `release savepoint ${name}`)
    return value
  } catch (error) {
    await control(transaction, `rollback to savepoint ${name}`, `release savepoint ${name}`).catch(() => {
      transaction.ended = true
    })
    throw error
  }
}

async function control(transaction: Transaction, ...texts: string[]): Promise<void> {
  assertOpen(transaction)
  const { error } = await transaction.session.send(texts.map(text => ({ text })))
  if (error) throw error
}
