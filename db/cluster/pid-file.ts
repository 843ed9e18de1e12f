import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './error.ts'

/** What PostgreSQL says about itself in postmaster.pid: the first line is its process id, the eighth its state. */
export function readPidFile(directory: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(pidFile(directory), 'utf8').split('\n')
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

export function pidFile(directory: string): string {
  return join(directory, 'postmaster.pid')
}
