import { stringify } from 'csv-stringify/sync'
import type { Column } from './kinds.ts'
import type { Batches, Row } from './rows.ts'

/** As RFC 4180 has it, in UTF-8. */
export async function* csv(columns: readonly Column[], batches: Batches): AsyncGenerator<string> {
  const options = { record_delimiter: 'windows' } as const
  yield stringify([columns.map(({ name }) => name)], options)
  for await (const rows of batches)
    yield stringify(
      rows.map(row => harmless(columns, row)),
      options
    )
}

/** What a spreadsheet takes for a formula, also behind blanks and in full width, it takes for text with a quote in front. */
const formula = /^\s*[=+\-@\t\r\n＝＋－＠]/

const harmless = (columns: readonly Column[], row: Row): Row =>
  row.map((value, n) =>
    columns[n]!.is === 'text' && typeof value === 'string' && formula.test(value) ? `'${value}` : value
  )
