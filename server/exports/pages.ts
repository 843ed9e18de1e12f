import type pg from 'pg'
import { flight, type Opening } from '../pg.ts'
import { kinds, rowsOfPage, type Kind, type KindName, type Row, type Values } from './kinds.ts'

export type Batches = AsyncGenerator<readonly Row[], void, undefined>

/** What an export is asked for. All of it can be sent to a thread. */
export interface Question {
  kind: KindName
  format: string
  mark: string
  values: Values
}

/** Says what an export is of: all that is there at this moment. Refuses as every other request is refused. */
export async function takeMark(pool: pg.Pool, opening: Opening, kind: KindName): Promise<[mark: string, now: string]> {
  const { rows } = await flight<{ mark: string; now: string }>(pool, opening, {
    name: 'begin_export',
    text: 'select app_hidden.begin_export($1) as mark, app_hidden.as_instant(now()) as now',
    values: [kind]
  })
  return [rows[0]!.mark, rows[0]!.now]
}

/**
 * Reads the answer page by page under the caller's own policies, each page in a transaction of its own: however slowly it is taken, no
 * connection is kept and nothing in the database waits. Who is no longer the same caller gets no further page.
 */
export async function* readPages(
  pool: pg.Pool,
  opening: Opening,
  { kind, mark, values: first }: Omit<Question, 'format'>
): Batches {
  const { query, next }: Kind = kinds[kind]
  const check = {
    name: 'continue_export',
    text: 'select app_hidden.continue_export($1, $2)',
    values: [kind, mark]
  }
  const checked = { ...opening, statements: [...opening.statements, check] }
  // Without a name, so planned for its values: a plan for any time would sort all there is for each page.
  const read = async (values: Values): Promise<readonly Row[]> =>
    (await flight<Row>(pool, checked, { text: query, values, arrayMode: true })).rows
  for (let page: Promise<readonly Row[]> | undefined = read(first), values = first; page;) {
    const rows = await page
    page = undefined
    if (next && rows.length === rowsOfPage) {
      values = next(values, rows.at(-1)!)
      // Read while this one is written. Nobody may come for it any more.
      page = read(values)
      page.catch(() => {})
    }
    if (rows.length > 0) yield rows
  }
  // What changed between the check and the last page.
  await flight(pool, opening, check)
}
