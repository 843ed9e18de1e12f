import type { Response } from 'express'
import { currentRequest } from '../request.ts'
import { formats, type FormatName } from './formats.ts'

/** Milliseconds after which somebody who takes nothing is somebody who left. */
const patience = 120_000

/**
 * Sends a file while it is made or read. Nothing is handed out before its first piece is there: what is refused is refused as everywhere.
 * After that the connection breaks: nobody takes a part for the whole.
 */
export async function sendFile(
  response: Response,
  { name, format }: { name: string; format: FormatName },
  pieces: AsyncIterator<Uint8Array, void>
): Promise<void> {
  try {
    const first = await pieces.next()
    currentRequest().stream?.()
    response.setTimeout(patience, () => response.destroy())
    response.set('Content-Type', formats[format].type)
    response.set('Content-Disposition', `attachment; filename="${name}.${format}"`)
    response.set('Cache-Control', 'no-store')
    for (let piece = first; !piece.done; piece = await pieces.next()) await write(response, piece.value)
    response.end()
  } catch (error) {
    if (!response.headersSent) throw error
    currentRequest().log.warn({ reason: (error as Error).message }, 'an export ended early')
    response.destroy()
  } finally {
    await pieces.return?.()
  }
}

/** Resolves when the piece has left. */
async function write(response: Response, piece: Uint8Array): Promise<void> {
  const left = Promise.withResolvers<void>()
  const gone = () => left.reject(new Error('Nobody reads the export any more'))
  response.once('close', gone)
  response.write(piece, error => (error ? left.reject(error) : left.resolve()))
  try {
    await left.promise
  } finally {
    response.off('close', gone)
  }
}
