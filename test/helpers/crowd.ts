import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openRequest, type Caller } from '../../server/claims.ts'
import type { Database } from './database.ts'
import { refusal } from './refusal.ts'

export interface Call {
  values: unknown[]
  /** "done", or the refusal. */
  answer: string
}

export interface Crowd {
  /**
   * Every member of the crowd calls again and again until `next` has nothing more for them.
   * Answers what came of each call.
   */
  run(
    caller: Caller,
    next: (member: number, turn: number) => [sql: string, values: unknown[]] | undefined
  ): Promise<Call[]>
  close(): Promise<void>
}

/** So many connections that do the same at the same time, each call a request of its own. */
export async function gather(database: Database, size: number): Promise<Crowd> {
  const clients = await Promise.all(
    Array.from({ length: size }, async () => {
      const client = new pg.Client({ connectionString: database.apiUrl })
      client.on('error', () => {})
      await client.connect()
      return client
    })
  )
  return {
    async run(caller, next) {
      const results: Call[] = []
      await Promise.all(
        clients.map(async (client, member) => {
          for (let turn = 0; ; turn++) {
            const call = next(member, turn)
            if (!call) return
            results.push({ values: call[1], answer: await request(client, caller, ...call) })
          }
        })
      )
      return results
    },
    async close() {
      await Promise.all(clients.map(client => client.end()))
    }
  }
}

async function request(client: pg.Client, caller: Caller, sql: string, values: unknown[]): Promise<string> {
  await client.query('begin')
  try {
    for (const { text, values } of openRequest(caller, undefined, randomUUID()).statements) {
      await client.query(text, values as unknown[])
    }
    await client.query(sql, values)
    await client.query('commit')
    return 'done'
  } catch (error) {
    await client.query('rollback')
    return refusal(error)
  }
}

/** How often each answer came. */
export function tally(results: Call[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { answer } of results) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}
