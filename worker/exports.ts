import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import { kinds, type Kind, type KindName } from '../server/exports/kinds.ts'
import { takeMark } from '../server/exports/pages.ts'
import { exportRunner, type RunExport } from '../server/exports/run.ts'
import { openExport, type AskAsJob } from './tenant.ts'

const everyMs = 1000
/** At the same time, in one worker. */
const hands = 2
const bytesOfChunk = 1024 * 1024

export interface Exports {
  stop(): Promise<void>
}

interface Claimed {
  id: string
  organization_id: string
  kind: KindName
  format: string
  status: string
  attempt: number
  values: string[]
}

const claim = `
  select id, organization_id, kind, format, status, attempt, array_remove(array[since::text, until::text, number::text], null) as values
  from app_hidden.claim_export()`

/**
 * Makes the exports that people asked for. Not a job of the queue, where a long one would keep alerts and mails waiting: it takes one after
 * the other, and says with each piece that it is alive.
 */
export function startExports(pool: pg.Pool, ask: AskAsJob, log: Logger): Exports {
  const run = exportRunner(pool.options.connectionString!)
  const ending = new AbortController()
  const { signal } = ending
  const ended = Promise.all(
    Array.from({ length: hands }, async () => {
      while (!signal.aborted) {
        const did = await next().catch(({ message }: Error) => {
          if (!signal.aborted) log.warn({ reason: message }, 'an export was not made')
          return false
        })
        if (!did) await pause(everyMs, undefined, { signal }).catch(() => {})
      }
    })
  )

  async function next(): Promise<boolean> {
    const [claimed] = (await ask(null, claim, [])) as Claimed[]
    if (claimed?.status === 'running') await make(claimed, { pool, run, ask, signal, log })
    return claimed !== undefined
  }
  return {
    async stop() {
      ending.abort(new Error('The worker ends'))
      await ended
    }
  }
}

interface Tools {
  pool: pg.Pool
  run: RunExport
  ask: AskAsJob
  signal: AbortSignal
  log: Logger
}

async function make(claimed: Claimed, { pool, run, ask, signal, log }: Tools): Promise<void> {
  const { id, organization_id: tenant, attempt } = claimed
  const end = (code: string | null) => ask(tenant, 'select app_hidden.end_export($1, $2, $3)', [id, attempt, code])
  const add = async (content: Buffer): Promise<boolean> =>
    (await ask(tenant, 'select app_hidden.add_export_chunk($1, $2, $3) as added', [id, attempt, content]))[0].added
  try {
    const kind: Kind = kinds[claimed.kind]
    const opening = openExport(id)
    const [mark] = await takeMark(pool, opening, claimed.kind)
    const values = kind.first!(claimed.values, mark)
    const parts: Buffer[] = []
    let bytes = 0
    for await (const chunk of run(opening, { kind: claimed.kind, format: claimed.format, mark, values }, signal)) {
      parts.push(Buffer.from(chunk))
      bytes += chunk.length
      if (bytes < bytesOfChunk) continue
      // Revoked, or somebody else makes it.
      if (!(await add(Buffer.concat(parts.splice(0))))) return
      bytes = 0
    }
    if (await add(Buffer.concat(parts))) await end(null)
  } catch (error) {
    if (signal.aborted) return
    const { code = '', message } = ((error as Error).cause ?? error) as Error & { code?: string }
    log.warn({ tenant, export: id, reason: message }, 'an export was not made')
    // Whatever else it is: it is begun again in a minute, five times in all.
    if (code.startsWith('RG')) await end(message)
  }
}
