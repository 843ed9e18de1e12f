import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Throwaway } from './throwaway.ts'

/** Workers as processes, each of which can be killed. */
export interface Workers {
  /** kill -9 of all of them; others take their places. */
  killAll(): Promise<void>
}

export async function startWorkers(
  { keep }: Pick<Throwaway, 'keep'>,
  databaseUrl: string,
  size: number
): Promise<Workers> {
  const data = await mkdtemp(`${tmpdir()}/rowgate-worker-`)
  keep(() => rm(data, { recursive: true, force: true }))
  let over = false
  keep(() => void (over = true))
  const places = Array.from({ length: size }, () => place())

  function place() {
    let child: ReturnType<typeof spawn>
    const run = async () => {
      while (!over) {
        child = spawn(process.execPath, ['worker/index.ts'], {
          cwd: join(import.meta.dirname, '../..'),
          env: {
            PATH: process.env['PATH'],
            HOME: process.env['HOME'],
            DATABASE_URL: databaseUrl,
            ROWGATE_DATA: data,
            ROWGATE_WEBHOOKS_ANYWHERE: '1',
            LOG_LEVEL: 'silent'
          },
          stdio: 'ignore'
        })
        await once(child, 'close')
        // It ends by itself while PostgreSQL recovers.
        if (!over) await pause(50)
      }
    }
    const ended = run()
    keep(async () => {
      over = true
      child.kill('SIGKILL')
      await ended
    })
    return { kill: () => child.kill('SIGKILL') }
  }
  return {
    async killAll() {
      for (const { kill } of places) kill()
    }
  }
}
