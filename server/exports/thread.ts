import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import pg from 'pg'
import { createPool, OpeningRefused, type Opening } from '../pg.ts'
import { formats, type FormatName } from './formats.ts'
import { kinds } from './kinds.ts'
import { readPages, type Question } from './pages.ts'

// Where exports are made: a thread with a heap of its own, which is small and stays so, and whose work keeps nobody else waiting.

/** Asks for one export. Its port then gets 'next' for each piece, and 'stop'. */
export interface Order extends Question {
  opening: Opening
  port: MessagePort
}

/** What 'next' is answered with. */
export type Piece =
  { chunk: Uint8Array<ArrayBuffer> } | { end: true } | { error: Record<string, unknown>; fromDatabase: boolean }

// Two, because pages are read one after the other and none is kept open.
const pool = createPool({ connectionString: workerData as string, max: 2, applicationName: 'rowgate exports' })

parentPort!.on('message', ({ opening, port, kind, format, mark, values }: Order) => {
  const stopped = new AbortController()
  const pages = readPages(pool, { ...opening, signal: stopped.signal }, { kind, mark, values })
  const chunks = formats[format as FormatName].write(kinds[kind].columns, pages)
  port.on('message', async message => {
    if (message === 'stop') {
      stopped.abort(new Error('Nobody reads the export any more'))
      port.close()
      return void chunks.return()
    }
    try {
      const { value, done } = await chunks.next()
      const piece: Piece = done ? { end: true } : { chunk: value }
      port.postMessage(piece, done ? [] : [value.buffer])
    } catch (error) {
      port.postMessage(asPiece(error))
    }
  })
})

/** Errors lose their class on the way. */
function asPiece(error: unknown): Piece {
  const cause = error instanceof OpeningRefused ? (error.cause as Error) : (error as Error)
  const { message, stack, code, detail, constraint, column } = cause as pg.DatabaseError
  return {
    error: { message, stack, code, detail, constraint, column },
    fromDatabase: cause instanceof pg.DatabaseError
  }
}
