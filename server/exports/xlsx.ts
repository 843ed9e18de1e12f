import { once } from 'node:events'
import { Readable, type Writable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Column, Row } from './kinds.ts'
import type { Batches } from './pages.ts'

/** A sheet ends at 1,048,576 rows; the next goes on with the same heading. */
const rowsOfSheet = 1_000_000
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const kind = 'http://schemas.openxmlformats.org/package/2006'

/** Writes a workbook while its rows arrive, and never faster than it is read. Cells are values: nothing in them is a formula. */
export async function writeXlsx(columns: readonly Column[], batches: Batches, to: Writable, mostRows = rowsOfSheet) {
  const zip = new ZipFile()
  const failed = new AbortController()
  const out = zip.outputStream as Readable
  const fail = (error: Error) => failed.abort(error)
  out.on('error', fail)
  to.on('error', fail).on('close', () => to.writableFinished || fail(new Error('Nobody reads the export any more')))
  out.pipe(to, { end: false })
  let sheets = 0
  let more = true
  const rows = piecesOf(batches)
  let next = await rows.next()
  while (more) {
    const name = `xl/worksheets/sheet${++sheets}.xml`
    const sheet = Readable.from(
      (async function* () {
        yield `${head}<worksheet xmlns="${main}"><sheetData>${rowXml(
          columns.map(({ name }) => name),
          columns.map(() => ({ name: '', is: 'text' }))
        )}`
        for (let count = 0; !next.done && count + next.value.length <= mostRows; next = await rows.next()) {
          count += next.value.length
          yield next.value.map(row => rowXml(row, columns)).join('')
        }
        yield '</sheetData></worksheet>'
      })(),
      { objectMode: false }
    )
    zip.addReadStream(sheet, name)
    await once(sheet, 'end', { signal: failed.signal })
    more = !next.done
  }
  for (const [name, text] of Object.entries(partsOf(sheets))) zip.addBuffer(Buffer.from(head + text), name)
  zip.end()
  await once(out, 'end', { signal: failed.signal })
}

async function* piecesOf(batches: Batches): AsyncGenerator<readonly Row[], undefined> {
  yield* batches
}

const rowXml = (row: Row, columns: readonly Column[]): string =>
  `<row>${row.map((value, n) => cellXml(value, columns[n]!)).join('')}</row>`

/** A spreadsheet computes with doubles: what one holds exactly is a number, everything longer stays text to the last digit. */
function cellXml(value: Row[number], { is }: Column): string {
  if (value === null) return '<c/>'
  const text = String(value)
  if (is === 'number' && text.replace(/^-?0*[.]?0*|[.]/g, '').length <= 15) return `<c><v>${text}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string): string =>
  // What XML can't hold at all is left out.
  text
    .replace(/[&<>"]/g, found => entities[found]!)
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')

function partsOf(sheets: number): Record<string, string> {
  const each = (part: (n: number) => string) => Array.from({ length: sheets }, (_, n) => part(n + 1)).join('')
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return {
    '[Content_Types].xml': `<Types xmlns="${kind}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${each(n => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${kind}/relationships"><Relationship Id="workbook" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(n => `<sheet name="Export ${n}" sheetId="${n}" r:id="sheet${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${kind}/relationships">${each(n => `<Relationship Id="sheet${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`
  }
}
