import { spawnSync } from 'node:child_process'
import { readlinkSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { ClusterError } from './error.ts'
import { pidFile, readPidFile } from './pid-file.ts'

const patience = 30_000

/**
 * Stops what a start that was killed left running. Called under the folder's lock: whoever started a PostgreSQL that is
 * still here has gone.
 */
export async function stopOrphan(directory: string): Promise<void> {
  const left = readPidFile(directory)
  if (!left || (left.pid > 0 && !isAlive(left.pid))) return
  if (!isPostmasterOf(directory, left.pid)) {
    // The id now belongs to somebody else, or a crash of the machine left the file empty. PostgreSQL would refuse to
    // start over either; backends that really still use the data it recognises by the shared memory.
    rmSync(pidFile(directory), { force: true })
    return
  }
  process.kill(left.pid, 'SIGINT')
  const start = Date.now()
  while (isAlive(left.pid) && isPostmasterOf(directory, left.pid)) {
    if (Date.now() - start > patience) {
      throw new ClusterError(
        `A PostgreSQL from an earlier start (process ${left.pid}) still uses ${directory} and does not stop: end it with "kill -QUIT ${left.pid}".`
      )
    }
    await delay(20)
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isPostmasterOf(directory: string, pid: number): boolean {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return stdout.includes('postgres') && stdout.includes(directory)
  }
  try {
    // A postmaster works in its data folder, under whatever name that was reached.
    return readlinkSync(`/proc/${pid}/cwd`) === directory
  } catch {
    return false
  }
}
