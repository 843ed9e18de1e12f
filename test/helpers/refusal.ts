import type { ExecutionContext } from 'ava'
import type { DatabaseError } from 'pg'
import { fingerprint } from './fingerprint.ts'
import type { Stage } from './stage.ts'

/**
 * A refusal in one or two words: our own code, which of Postgres' two ways to say 42501, or the constraint.
 * What is none of these comes in full, so that a test that expects a refusal never takes a crash for one.
 */
export function refusal(error: unknown): string {
  const { code = '', message, constraint, column, where } = error as DatabaseError
  if (code.startsWith('RG')) return message
  // With a context it is a function of ours that lacks a right, which is a mistake and no answer.
  if (code === '42501' && message.startsWith('permission denied') && !where) return 'no grant'
  if (code === '42501' && message.includes('row-level security policy')) return 'policy'
  if (code === '23502') return `null in ${column}`
  if (constraint) return constraint
  return `${code} ${message}`
}

/** What came of it: how many rows, or the refusal. */
export async function outcome(work: Promise<{ rowCount: number | null }>): Promise<string> {
  return work.then(({ rowCount }) => rows(rowCount ?? 0), refusal)
}

export const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`)

/** The error of work that must be refused in these words, or some of these, and leave the whole database as it was. */
export async function refused(
  t: ExecutionContext,
  stage: Pick<Stage, 'database'>,
  work: () => Promise<unknown>,
  words: string | readonly string[]
): Promise<DatabaseError> {
  const before = await fingerprint(stage.database)
  const error = await work().then(
    () => undefined,
    error => error
  )
  const said = error ? refusal(error) : 'nothing was refused'
  t.is(said, typeof words === 'string' ? words : (words.find(word => word === said) ?? words.join(' or ')))
  t.deepEqual(await fingerprint(stage.database), before, 'a refusal wrote something')
  return error
}

/** The JSON that a refusal carries. */
export const detail = (error: DatabaseError): Record<string, any> => JSON.parse(error.detail ?? '{}')
