import type { Pool, PoolClient } from 'pg'
import { send } from './batch.ts'
import type { Answer } from './batch.ts'
import { cancel, isReady } from './driver.ts'
import { PoolBusy } from './failures.ts'
import { PreparedStatements } from './prepared.ts'
import type { Statement } from './statement.ts'

const known = new WeakMap<PoolClient, PreparedStatements>()

export function adopt(client: PoolClient, preparedStatements: number): void {
  known.set(client, new PreparedStatements(preparedStatements))
}

const queues = new WeakMap<Pool, number>()

/** How many may wait for a connection of the pool at the same time. */
export const limitQueue = (pool: Pool, most: number): void => void queues.set(pool, most)
const mostWaiting = (pool: Pool): number => queues.get(pool) ?? Infinity

/** One connection, out of the pool for one transaction. */
export interface Session {
  send(statements: readonly Statement[], answerAt?: number): Promise<Answer>
  /** Back to the pool when the last answer said that the connection is idle; otherwise it is destroyed. */
  giveBack(): void
  /** After a statement failed inside the transaction. Nobody waits for it but the next one to use the connection. */
  rollBack(): void
  destroy(): void
}

/** Throws PoolBusy when too many wait already, and the signal's reason when it is too late. */
export async function checkOut(pool: Pool, signal?: AbortSignal): Promise<Session> {
  for (;;) {
    signal?.throwIfAborted()
    if (pool.waitingCount >= mostWaiting(pool)) throw new PoolBusy('Too many requests wait for a connection')
    const client = await unlessAborted(pool.connect(), signal)
    // Whoever used it last left a transaction open: `begin` would only warn, and join it.
    if (isReady(client)) return sessionOf(client, signal)
    client.release(true)
  }
}

/** A connection that comes when nobody waits for it any more goes back at once. */
async function unlessAborted(connecting: Promise<PoolClient>, signal: AbortSignal | undefined): Promise<PoolClient> {
  if (!signal) return connecting
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => {
    connecting.then(
      client => client.release(),
      () => {}
    )
    reject(signal.reason)
  }
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([connecting, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function sessionOf(client: PoolClient, signal: AbortSignal | undefined): Session {
  const statements = known.get(client)
  if (!statements) {
    client.release(true)
    throw new TypeError('This pool was not made by createPool')
  }
  let isIdle = true
  let isCancelled = false
  const onAbort = () => {
    isCancelled = true
    cancel(client)
  }
  signal?.addEventListener('abort', onAbort)
  const release = (destroy: boolean) => {
    signal?.removeEventListener('abort', onAbort)
    client.release(destroy || isCancelled)
  }
  const session: Session = {
    async send(batch, answerAt) {
      const answer = await send(client, statements, batch, answerAt)
      // Postgres says how it stands after the error, and pg does not wait for that: then the status is an old one.
      isIdle = answer.error === null && client.getTransactionStatus() === 'I'
      return answer
    },
    giveBack: () => release(!isIdle),
    rollBack: () =>
      isCancelled
        ? session.destroy()
        : void session.send([{ text: 'rollback', name: 'rollback' }]).then(session.giveBack),
    destroy: () => release(true)
  }
  return session
}
