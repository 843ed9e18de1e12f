import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Written while Rowgate runs, for the tools that want to join it. */
export interface Run {
  pid: number
  databaseUrl: string
}

export function writeRun(dataDirectory: string, run: Run): void {
  const unfinished = `${file(dataDirectory)}.${process.pid}`
  writeFileSync(unfinished, `${JSON.stringify(run)}\n`, { mode: 0o600 })
  chmodSync(unfinished, 0o600)
  renameSync(unfinished, file(dataDirectory))
}

/** Undefined when nothing was started here; throws when the file can't be read. */
export function readRun(dataDirectory: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(file(dataDirectory), 'utf8')) as Run
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/** Only our own: another Rowgate with an external database may have started on the same folder. */
export function removeRun(dataDirectory: string): void {
  if (readRun(dataDirectory)?.pid === process.pid) rmSync(file(dataDirectory), { force: true })
}

function file(dataDirectory: string): string {
  return join(dataDirectory, 'run.json')
}
