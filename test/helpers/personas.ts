import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { openRequest, type Caller } from '../../server/claims.ts'
import type { Database } from './database.ts'

export interface Outcome {
  rows: Record<string, any>[]
  rowCount: number
}

/** Runs SQL the way the API does: as its login, with the request's claims, then as the request role. */
export interface Persona {
  (sql: string, values?: unknown[]): Promise<Outcome>
  /** The same with the transaction rolled back: nothing is left of it. */
  attempt(sql: string, values?: unknown[]): Promise<Outcome>
  is: Caller
}

export interface Personas {
  asUser(userId: string, tenant?: string): Promise<Persona>
  asKey(key: string, tenant?: string): Persona
  asAnonymous: Persona
  close(): Promise<void>
}

export function personas(database: Database): Personas {
  const login = new pg.Pool({ connectionString: database.apiUrl, max: 30 })
  // Dropping the database can overtake a connection's goodbye.
  login.on('error', () => {})
  // Also of one in use, whose statement says so already.
  login.on('connect', client => client.on('error', () => {}))

  function persona(caller: Caller, tenant?: string): Persona {
    const run =
      (end: 'commit' | 'rollback') =>
      async (sql: string, values: unknown[] = []) => {
        const client = await login.connect()
        try {
          await client.query('begin')
          for (const { text, values } of openRequest(caller, tenant, randomUUID()).statements) {
            await client.query(text, values as unknown[])
          }
          const { rows, rowCount } = await client.query(sql, values)
          await client.query(end)
          return { rows, rowCount: rowCount ?? 0 }
        } catch (error) {
          await client.query('rollback')
          throw error
        } finally {
          client.release()
        }
      }
    return Object.assign(run('commit'), { attempt: run('rollback'), is: caller })
  }

  return {
    async asUser(userId, tenant) {
      const { rows } = await database.admin.query(
        'insert into app_private.sessions (user_id, refresh_hash) values ($1, sha256($2)) returning id',
        [userId, Buffer.from(randomUUID())]
      )
      return persona({ kind: 'person', userId, sessionId: rows[0].id }, tenant)
    },
    asKey: (key, tenant) => persona({ kind: 'key', hash: createHash('sha256').update(key).digest() }, tenant),
    asAnonymous: persona({ kind: 'anonymous' }),
    close: () => login.end()
  }
}
