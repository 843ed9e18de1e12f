import type { Statement } from './statement.ts'

export const begin: Statement = { text: 'begin', name: 'begin' }
export const commit: Statement = { text: 'commit', name: 'commit' }

// Local settings end with their transaction. What a statement, or a function it called, set for the whole session would
// reach the next caller on this connection.
export const forget: readonly Statement[] = [
  { text: 'reset role', name: 'reset role' },
  { text: 'reset all', name: 'reset all' }
]

const tagsOfData = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'CALL',
  'EXPLAIN',
  'SHOW',
  'DECLARE',
  'FETCH',
  'MOVE',
  'CLOSE'
])

/** Whether a statement with this command tag left transaction, role and settings alone; what is unknown did not. */
export function isData(tag: string | undefined): boolean {
  return tagsOfData.has(tag?.split(' ', 1)[0] ?? '')
}

/** Openings may also set what is local to the transaction. */
export function opens(tag: string | undefined): boolean {
  return tag === 'SET' || isData(tag)
}
