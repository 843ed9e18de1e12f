import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, fchownSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { ClusterError, codeOf, folderError } from './error.ts'
import { readPidFile } from './pid-file.ts'
import type { Place } from './place.ts'
import { environment } from './user.ts'

export interface Postmaster {
  pid: number
  /** Resolves when it ends, for whatever reason. */
  ended: Promise<unknown>
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGQUIT'): void
}

export class PortTaken extends Error {}

export async function launch(
  place: Place,
  { postgres }: Binaries,
  settings: Record<string, string>
): Promise<Postmaster> {
  const { directory, runner } = place
  const log = freshLog(place)
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command = postgres, ...rest] = [...leash(), postgres, '-D', directory, ...options]
  const child = spawn(command, rest, {
    ...runner.ids,
    env: environment,
    cwd: '/',
    // Its own session: Ctrl-C in the terminal must not reach it before those who still use it.
    detached: true,
    stdio: ['ignore', log, log]
  })
  closeSync(log)
  const ended = once(child, 'exit').catch(() => {})
  let running = true
  void ended.then(() => (running = false))

  for (;;) {
    if (!running) throw didNotStart(directory)
    const said = readPidFile(directory)
    if (said?.pid === child.pid && said?.ready) break
    await Promise.race([delay(10), ended])
  }
  return { pid: child.pid!, ended, signal: name => void child.kill(name) }
}

/** Linux then stops it in good order when we end, however that happens. Elsewhere the next start clears it away. */
function leash(): string[] {
  const words = ['--pdeathsig', 'INT']
  const available =
    process.platform === 'linux' && spawnSync('setpriv', [...words, 'true'], { env: environment }).status === 0
  return available ? ['setpriv', ...words] : []
}

export function lastLines(directory: string): string[] {
  try {
    return readFileSync(logFile(directory), 'utf8').trimEnd().split('\n').slice(-8)
  } catch {
    return []
  }
}

export function logFile(directory: string): string {
  return join(directory, 'server.log')
}

/** One file per start, and the one before: readable, and it never grows without end. */
function freshLog({ directory, runner }: Place): number {
  const file = logFile(directory)
  try {
    renameSync(file, `${file}.1`)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw folderError(directory, error)
  }
  try {
    // EXCL: as root we write into a folder of somebody else, and must not follow a link put there.
    const log = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND, 0o600)
    if (runner.ids.uid !== undefined) fchownSync(log, runner.ids.uid, runner.ids.gid!)
    return log
  } catch (error) {
    throw folderError(directory, error)
  }
}

function didNotStart(directory: string): Error {
  const lines = lastLines(directory)
  if (lines.some(line => /could not bind .*Address already in use/.test(line))) return new PortTaken()
  const reason = lines.findLast(line => /(FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? 'it wrote nothing'
  const short = reason.replace(/^.*?((FATAL|PANIC): )/, '$1').replace(/\s+/g, ' ')
  return new ClusterError(
    `PostgreSQL did not start (${short}): correct that and start again; its log is ${logFile(directory)}.`,
    lines
  )
}
