import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Binaries } from './binaries.ts'
import { ClusterError, folderError } from './error.ts'
import type { Place } from './place.ts'
import { environment } from './user.ts'

export const passwordFile = 'rowgate.password'

// Before 17 there is no provider that works alike everywhere.
const locale = (major: string): string[] =>
  Number(major) >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']

/** Built beside the folder and renamed into place, so that an end in the middle leaves nothing that looks like data. */
export async function initialise(
  { directory, runner }: Place,
  { initdb, major }: Binaries,
  durable: boolean
): Promise<void> {
  const unfinished = `${directory}.new-`
  removeLeftovers(unfinished)
  let workshop: string | undefined
  try {
    workshop = mkdtempSync(unfinished)
    const [data, password] = [join(workshop, 'data'), join(workshop, 'password')]
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (runner.ids.uid !== undefined) {
      for (const path of [workshop, password]) chownSync(path, runner.ids.uid, runner.ids.gid!)
    }
    const options = [
      '--username=postgres',
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--no-instructions',
      '--encoding=UTF8',
      ...locale(major)
    ]
    // Its own session, so that Ctrl-C lets it finish.
    const child = spawn(initdb, [...options, ...(durable ? [] : ['--no-sync']), '--pgdata', data], {
      ...runner.ids,
      env: environment,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    if (code !== 0) throw initdbFailed(directory, `${output}\n${errors}`)
    renameSync(password, join(data, passwordFile))
    renameSync(data, directory)
  } catch (error) {
    throw folderError(directory, error)
  } finally {
    if (workshop) rmSync(workshop, { recursive: true, force: true })
  }
}

function removeLeftovers(prefix: string): void {
  for (const name of readdirSync(dirname(prefix))) {
    if (name.startsWith(basename(prefix))) rmSync(join(dirname(prefix), name), { recursive: true, force: true })
  }
}

function initdbFailed(directory: string, output: string): ClusterError {
  const lines = output.split('\n').filter(line => line.trim())
  const reason = lines.find(line => /(FATAL|error|PANIC):/.test(line)) ?? lines.at(-1) ?? 'no message'
  return new ClusterError(
    `PostgreSQL could not make its data folder ${directory} (${reason.trim()}): correct that and start again, or set ROWGATE_DATA to another folder.`,
    lines.slice(-8)
  )
}
