import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AskAsJob } from './tenant.ts'

const everyMs = 5000

export interface Rollups {
  /** Rolls up what there is now, instead of within five seconds. */
  now(): Promise<void>
  stop(): Promise<void>
}

/**
 * Keeps the sums of usage near the records. Not a job of the queue: there is always something to do, several workers may do it at
 * the same time (each organization's mark is locked), and what is not done yet is added up by whoever asks.
 */
export function startRollups(ask: AskAsJob, log: Logger): Rollups {
  const ending = new AbortController()
  const now = async () => {
    const organizations = await ask(null, 'select app_hidden.organizations_to_roll_up() as id', [])
    for (const { id } of organizations) {
      let more = true
      while (more && !ending.signal.aborted) [{ more }] = await ask(id, 'select app_hidden.roll_up() as more', [])
    }
  }
  const ended = (async () => {
    while (!ending.signal.aborted) {
      await now().catch(({ message }: Error) => log.warn({ reason: message }, 'usage was not rolled up'))
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {})
    }
  })()
  return {
    now,
    async stop() {
      ending.abort()
      await ended
    }
  }
}
