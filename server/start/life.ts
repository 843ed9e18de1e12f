import { ClusterError } from '../../db/cluster.ts'
import { ConfigError } from '../config.ts'
import { leave } from './leave.ts'

export interface Life {
  /** What was started and how it stops; stopping goes backwards through these. `force` must not wait. */
  keep(stop: () => Promise<void> | void, force?: () => void): void
  /** Ends everything because of an error. */
  fail(error: unknown): void
  /** Ends everything because the work is done. */
  finish(): void
}

// npm passes Ctrl-C on to us although the terminal has sent it already: what follows this closely is the same keystroke.
const sameKeystroke = 1000

/** Runs `start`, then lives until a signal or a failure, and stops in reverse order. A second Ctrl-C does not wait. */
export function live(start: (life: Life) => Promise<void>): void {
  const kept: { stop: () => Promise<void> | void; force?: (() => void) | undefined }[] = []
  let endingSince: number | undefined

  const life: Life = {
    keep(stop, force) {
      kept.push({ stop, force })
      if (endingSince !== undefined) throw new Error('stopped while starting')
    },
    fail(error) {
      if (endingSince !== undefined) return
      report(error)
      void end(1)
    },
    finish() {
      void end(0)
    }
  }

  async function end(code: number): Promise<void> {
    endingSince = Date.now()
    // The step under way is waited for: half-started things could not be stopped.
    await started.catch(() => {})
    for (const { stop } of kept.reverse()) {
      try {
        await stop()
      } catch (error) {
        report(error)
        code = 1
      }
    }
    leave(code)
  }

  function onSignal(): void {
    if (endingSince === undefined) {
      console.error('\nStopping (Ctrl-C again to force) …')
      void end(0)
    } else if (Date.now() - endingSince > sameKeystroke) {
      for (const { force } of kept) force?.()
      process.exit(130)
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  process.on('uncaughtException', life.fail)
  // When the terminal is gone there is nobody to tell, but still a database to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

  const started = Promise.resolve().then(() => start(life))
  started.catch(life.fail)
}

function report(error: unknown): void {
  const expected = error instanceof ClusterError || error instanceof ConfigError
  console.error(expected ? error.message : error)
  if (error instanceof ClusterError) for (const line of error.log) console.error(`  ${line}`)
}
