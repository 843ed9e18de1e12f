import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openRequest, type Caller } from '../../server/claims.ts'
import type { Database } from './database.ts'
import type { Outcome } from './personas.ts'

/** A request's transaction on a connection of its own that stays open until it is told to end. */
export interface Held {
  pid: number
  query(sql: string, values?: unknown[]): Promise<Outcome>
  commit(): Promise<void>
  rollback(): Promise<void>
}

export async function hold(database: Database, caller: Caller, tenant?: string): Promise<Held> {
  const client = new pg.Client({ connectionString: database.apiUrl })
  // A test that fails leaves its transaction to the end of the database.
  client.on('error', () => {})
  await client.connect()
  const pid: number = (await client.query('select pg_backend_pid() as pid')).rows[0].pid
  await client.query('begin')
  try {
    for (const { text, values } of openRequest(caller, tenant, randomUUID()).statements) {
      await client.query(text, values as unknown[])
    }
  } catch (error) {
    await client.end()
    throw error
  }
  const end = async (how: string) => {
    await client.query(how)
    await client.end()
  }
  return {
    pid,
    query: async (sql, values = []) => {
      const { rows, rowCount } = await client.query(sql, values)
      return { rows, rowCount: rowCount ?? 0 }
    },
    commit: () => end('commit'),
    rollback: () => end('rollback')
  }
}

/** Resolves as soon as the transaction waits for a lock that somebody else holds, or its work has ended without one. */
export async function waits(database: Database, { pid }: Held, work: Promise<unknown>): Promise<void> {
  await until(database, work, 'select cardinality(pg_blocking_pids($1)) > 0 as true', pid)
}

/** Resolves as soon as so many connections of this database wait for a lock, or the work has ended. */
export async function crowdWaits(database: Database, count: number, work: Promise<unknown>): Promise<void> {
  const sql = `select count(*) >= $1 as true from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  await until(database, work, sql, count)
}

async function until({ admin }: Database, work: Promise<unknown>, sql: string, value: unknown): Promise<void> {
  let ended = false
  const end = () => {
    ended = true
  }
  work.then(end, end)
  while (!ended && !(await admin.query(sql, [value])).rows[0].true) continue
}
