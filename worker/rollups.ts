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
  const failed = ({ message }: Error) => log.warn({ reason: message }, 'usage was not rolled up')
  const rollUp = async (organizationId: string) => {
    let more = true
    while (more && !ending.signal.aborted)
      [{ more }] = await ask(organizationId, 'select app_hidden.roll_up() as more', [])
  }
  const now = async () => {
    // One that fails does not keep the others.
    const organizations = await ask(null, 'select app_hidden.organizations_to_roll_up() as id', [])
    for (const { id } of organizations) await rollUp(id).catch(failed)
  }
  const ended = (async () => {
    while (!ending.signal.aborted) {
      await now().catch(failed)
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
