import { PassThrough } from 'node:stream'
import { csv } from './csv.ts'
import type { Column } from './kinds.ts'
import type { Batches } from './pages.ts'
import { writeXlsx } from './xlsx.ts'

export type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>

interface Format {
  type: string
  /** The file, written as fast as it is taken. */
  write(columns: readonly Column[], batches: Batches): Chunks
}

export const formats = {
  csv: {
    type: 'text/csv; charset=utf-8',
    async *write(columns, batches) {
      const encoder = new TextEncoder()
      for await (const text of csv(columns, batches)) yield encoder.encode(text)
    }
  },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    async *write(columns, batches) {
      const to = new PassThrough()
      // An error of it comes out of the stream.
      writeXlsx(columns, batches, to).then(
        () => to.end(),
        (error: Error) => to.destroy(error)
      )
      // A copy: what is given away must not be a piece of a buffer that others use.
      for await (const chunk of to) yield Uint8Array.from(chunk as Buffer)
    }
  }
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof formats
export const isFormat = (name: string): name is FormatName => Object.hasOwn(formats, name)
