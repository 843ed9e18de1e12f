import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import pg from 'pg'
import type { Opening } from '../pg.ts'
import type { Chunks } from './formats.ts'
import type { Question } from './pages.ts'
import type { Order, Piece } from './thread.ts'

/** Megabytes. Left to itself, V8 keeps whatever garbage it has room for. */
const limits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 4 }
const lingersMs = 10_000

/** Each piece is good until the next is asked for. */
export type RunExport = (opening: Opening, question: Question, signal?: AbortSignal) => Chunks

/** Makes exports in a thread, which is there while there is something to do. */
export function exportRunner(databaseUrl: string): RunExport {
  let thread: Worker | undefined
  let running = 0
  let ending: NodeJS.Timeout | undefined

  function enter(): Worker {
    running++
    clearTimeout(ending)
    if (thread) return thread
    const started = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: databaseUrl,
      resourceLimits: limits
    })
    const forget = () => {
      if (thread === started) thread = undefined
    }
    // Those who read from it see their port close. Nothing here waits for it when the process ends.
    started.on('error', forget).on('exit', forget).unref()
    return (thread = started)
  }
  function leave(): void {
    if (--running > 0) return
    const idle = thread
    ending = setTimeout(() => {
      thread = undefined
      void idle?.terminate()
    }, lingersMs).unref()
  }

  return async function* run(opening, question, signal) {
    signal?.throwIfAborted()
    const { port1: port, port2 } = new MessageChannel()
    const order: Order = { ...question, opening: plain(opening), port: port2 }
    enter().postMessage(order, [port2])
    const stop = () => port.postMessage('stop')
    signal?.addEventListener('abort', stop)
    const closed = once(port, 'close').then((): Piece => ({
      error: { message: 'The export was stopped' },
      fromDatabase: false
    }))
    try {
      for (;;) {
        port.postMessage('next')
        const piece: Piece = await Promise.race([once(port, 'message').then(([piece]) => piece as Piece), closed])
        if ('end' in piece) return
        if ('error' in piece) throw asError(piece)
        yield piece.chunk
        // Given back now: the collector sees only its small handle, and would let hundreds of them wait.
        piece.chunk.buffer.transfer(0)
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      stop()
      port.close()
      leave()
    }
  }
}

/** Whoever is told something by an opening was told when the mark was taken. */
const plain = ({ statements, plannedFor }: Opening): Opening => ({
  statements: statements.map(({ onRow: _onRow, ...statement }) => statement),
  ...(plannedFor !== undefined && { plannedFor })
})

const asError = ({ error, fromDatabase }: Extract<Piece, { error: unknown }>): Error =>
  Object.assign(
    fromDatabase ? new pg.DatabaseError(String(error['message']), 0, 'error') : new Error(String(error['message'])),
    error
  )
