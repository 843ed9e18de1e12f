export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  /** Any name: the connection keeps the statement parsed. The text decides, not the name. */
  readonly name?: string
  readonly arrayMode?: boolean
  /**
   * For whom a kept statement is planned. Under row level security PostgreSQL plans it anew whenever the role is another
   * than the last time, so each role gets a statement of its own.
   */
  readonly plannedFor?: string
  /** Of an opening: told each row that it answers, as text. */
  readonly onRow?: (fields: readonly (string | null)[]) => void
}

/** What opens a transaction for one caller: says who it is, and leaves the role of the login. */
export interface Opening {
  readonly statements: readonly Statement[]
  /** For whom what follows is planned; without it, for whom the last statement says. */
  readonly plannedFor?: string
  /** Nobody waits for the answer any more: what runs is stopped, and nothing more begins. */
  readonly signal?: AbortSignal | undefined
}

// Without an opening the query would run as the login, so a missing or foreign one stops here, before a connection is taken.
export function assertOpening(value: unknown): asserts value is Opening {
  const statements = (value as Partial<Opening> | null | undefined)?.statements
  const usable =
    Array.isArray(statements)
    && statements.length > 0
    && statements.every(statement => typeof statement?.text === 'string' && statement.text.trim() !== '')
  if (!usable)
    throw new TypeError('A transaction needs an Opening, which says for whom it runs; this one came without.')
}
