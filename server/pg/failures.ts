import type { DatabaseError } from 'pg'

/** One of the statements that open the transaction raised: the caller is refused, and nothing else ran. */
export class OpeningRefused extends Error {
  override readonly name = 'OpeningRefused'
  readonly code: string | undefined
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly constraint: string | undefined
  readonly where: string | undefined

  constructor(cause: DatabaseError) {
    super(cause.message, { cause })
    this.code = cause.code
    this.detail = cause.detail
    this.hint = cause.hint
    this.constraint = cause.constraint
    this.where = cause.where
  }
}

/** So many wait for a connection that one more would wait too long. */
export class PoolBusy extends Error {
  override readonly name = 'PoolBusy'
}

/** Postgres reported no error, yet this was not the transaction that was asked for: its rows are not given out. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted'
}
