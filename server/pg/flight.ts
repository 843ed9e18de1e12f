import pg from 'pg'
import type { PgClientResult } from '@dataplan/pg'
import { begin, commit, forget, isData, opens } from './control.ts'
import { NotCommitted, OpeningRefused } from './failures.ts'
import { checkOut } from './session.ts'
import { assertOpening } from './statement.ts'
import type { Opening, Statement } from './statement.ts'

/** One statement in a transaction of its own, in one network round trip: begin, opening, statement, commit. */
export async function flight<TData = any>(
  pool: pg.Pool,
  opening: Opening,
  statement: Statement
): Promise<PgClientResult<TData>> {
  assertOpening(opening)
  const asked = 1 + opening.statements.length
  const plannedFor = opening.plannedFor ?? opening.statements.at(-1)?.text ?? ''
  const session = await checkOut(pool, opening.signal)
  const { tags, rows, rowCount, notices, error } = await session
    .send([begin, ...opening.statements, { ...statement, plannedFor }, commit, ...forget], asked)
    .catch((unwritten: unknown) => {
      session.giveBack()
      throw unwritten
    })
  const raised = error instanceof pg.DatabaseError

  // An aborted transaction answers its commit with ROLLBACK and no error; one that the statement ended answers COMMIT.
  const committed =
    tags[0] === 'BEGIN' && tags.slice(1, asked).every(opens) && isData(tags[asked]) && tags[asked + 1] === 'COMMIT'
  // What raised behind the commit is only the forgetting; giveBack sees to it.
  if (committed && (raised || !error)) {
    session.giveBack()
    return { rows, rowCount, notices }
  }

  if (raised) session.rollBack()
  else session.destroy()
  if (raised && tags.length >= 1 && tags.length < asked) throw new OpeningRefused(error)
  throw error ?? new NotCommitted(`Not one transaction that committed: Postgres answered ${tags.join(', ')}`)
}
