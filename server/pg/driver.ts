import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { FieldDef, PoolClient } from 'pg'

// What pg offers and @types/pg leaves out. pg's version is pinned; test/server/pg/ goes through all of it.

export interface Connection {
  readonly stream: Duplex
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: unknown[] }): void
  describe(message: { type: 'P' }): void
  execute(message: object): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
}

export interface Result {
  readonly rows: unknown[]
  readonly rowCount: number | null
  addFields(fields: FieldDef[]): void
  parseRow(fields: unknown[]): unknown
  addRow(row: unknown): void
  addCommandComplete(message: { text: string }): void
}

interface Canceller {
  connect(portOrPath: number | string, host?: string): void
  cancel(processId: number, secretKey: number): void
  on(event: string, listener: () => void): void
}

interface Driver {
  Connection: new () => Canceller
  Query: new (config: { text: string }) => object
  Result: new (rowMode?: 'array') => Result
  utils: { prepareValue(value: unknown): unknown }
}

const { Connection: CancelConnection } = pg as unknown as Driver
export const { Query, Result, utils } = pg as unknown as Driver

/**
 * Whether the connection is idle and outside of a transaction. After an error pg gives a connection back before the server has
 * said how it stands, and its status is the one from before: then it is not ready either.
 */
export const isReady = (client: PoolClient): boolean =>
  client.getTransactionStatus() === 'I' && (client as unknown as { readyForQuery: boolean }).readyForQuery

/**
 * Asks the server to stop what the connection is doing, on a connection of its own as the protocol has it. Nobody hears whether it
 * came in time, or late, and met the next statement: the connection must not be used again.
 */
export function cancel(client: PoolClient): void {
  const { host, port, processID, secretKey } = client as unknown as Record<'host', string>
    & Record<'port' | 'processID' | 'secretKey', number>
  const canceller = new CancelConnection()
  canceller.on('error', () => {})
  canceller.on('connect', () => canceller.cancel(processID, secretKey))
  if (host.startsWith('/')) canceller.connect(`${host}/.s.PGSQL.${port}`)
  else canceller.connect(port, host)
}
