import pg from 'pg'
import { adopt, limitQueue } from './session.ts'

export interface PoolOptions {
  connectionString: string
  max?: number
  /** Milliseconds to wait for a connection, whether a new one or one that comes free. */
  connectTimeout?: number
  /** How many may wait for a connection; one more is told so at once. */
  queue?: number
  /** How many statements each connection keeps parsed. */
  preparedStatements?: number
  applicationName?: string
  /** Called when a connection is lost; the pool replaces it by itself. */
  onLost?: (error: Error) => void
}

export function createPool({
  connectionString,
  max = 10,
  connectTimeout = 5_000,
  queue = Infinity,
  preparedStatements = 200,
  applicationName = 'rowgate',
  onLost = () => {}
}: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeout,
    // Postgres gives up first (db/roles.sql); this one is for a server, or a network, that no longer answers at all.
    query_timeout: 65_000 + connectTimeout,
    // Long, because a new connection has to parse its statements again.
    idleTimeoutMillis: 300_000,
    keepAlive: true,
    // For short statements that compute many columns, compiling takes longer than running. At start-up: no flight for it.
    options: '-c jit=off'
  })
  limitQueue(pool, queue)
  // Without a listener on both, a connection that is interrupted while idle, or while in use, would end the process.
  pool.on('error', () => {})
  pool.on('connect', client => {
    client.on('error', onLost)
    adopt(client, preparedStatements)
  })
  return pool
}
