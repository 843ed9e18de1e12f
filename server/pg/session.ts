import type { Pool, PoolClient } from 'pg'
import { send } from './batch.ts'
import type { Answer } from './batch.ts'
import { isReady } from './driver.ts'
import { PreparedStatements } from './prepared.ts'
import type { Statement } from './statement.ts'

const known = new WeakMap<PoolClient, PreparedStatements>()

export function adopt(client: PoolClient, preparedStatements: number): void {
  known.set(client, new PreparedStatements(preparedStatements))
}

/** One connection, out of the pool for one transaction. */
export interface Session {
  send(statements: readonly Statement[], answerAt?: number): Promise<Answer>
  /** Back to the pool when the last answer said that the connection is idle; otherwise it is destroyed. */
  giveBack(): void
  /** After a statement failed inside the transaction. Nobody waits for it but the next one to use the connection. */
  rollBack(): void
  destroy(): void
}

export async function checkOut(pool: Pool): Promise<Session> {
  for (;;) {
    const client = await pool.connect()
    // Whoever used it last left a transaction open: `begin` would only warn, and join it.
    if (isReady(client)) return sessionOf(client)
    client.release(true)
  }
}

function sessionOf(client: PoolClient): Session {
  const statements = known.get(client)
  if (!statements) {
    client.release(true)
    throw new TypeError('This pool was not made by createPool')
  }
  let isIdle = true
  const session: Session = {
    async send(batch, answerAt) {
      const answer = await send(client, statements, batch, answerAt)
      // Postgres says how it stands after the error, and pg does not wait for that: then the status is an old one.
      isIdle = answer.error === null && client.getTransactionStatus() === 'I'
      return answer
    },
    giveBack: () => client.release(!isIdle),
    rollBack: () => void session.send([{ text: 'rollback', name: 'rollback' }]).then(session.giveBack),
    destroy: () => client.release(true)
  }
  return session
}
