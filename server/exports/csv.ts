import { stringify } from 'csv-stringify/sync'
import type { Column, Row } from './kinds.ts'
import type { Batches } from './pages.ts'

/** As RFC 4180 has it, in UTF-8. */
export async function* csv(columns: readonly Column[], batches: Batches): AsyncGenerator<string, void, undefined> {
  const options = { record_delimiter: 'windows' } as const
  // Together with the first rows: what can't be answered is refused before a file begins.
  let head = stringify([columns.map(({ name }) => name)], options)
  for await (const rows of batches) {
    yield (
      head
      + stringify(
        rows.map(row => harmless(columns, row)),
        options
      )
    )
    head = ''
  }
  if (head) yield head
}

/** What a spreadsheet takes for a formula, also behind blanks and in full width, it takes for text with a quote in front. */
const formula = /^\s*[=+\-@\t\r\n＝＋－＠]/

const harmless = (columns: readonly Column[], row: Row): Row =>
  row.map((value, n) =>
    columns[n]!.is === 'text' && typeof value === 'string' && formula.test(value) ? `'${value}` : value
  )
