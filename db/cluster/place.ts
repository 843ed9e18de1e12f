import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { systemFolder } from './binaries.ts'
import { ClusterError, codeOf, folderError } from './error.ts'
import { makeFolder } from './folder.ts'
import { isRoot, may, ourselves, owner, rowgateAccount, type Runner } from './user.ts'

export interface Place {
  directory: string
  runner: Runner
}

/** Where the data is, and who runs PostgreSQL on it. */
export function choosePlace(wished: string): Place {
  const directory = withRealParent(resolve(wished))
  if (!isRoot) return { directory, runner: ourselves }

  const elsewhere = join(systemFolder, stableName(directory))
  // What was begun in one place stays there, even if the rights of the folders above have changed since.
  for (const candidate of [directory, elsewhere]) {
    if (existsSync(join(candidate, 'PG_VERSION'))) return { directory: candidate, runner: ownerOf(candidate) }
  }
  const runner = rowgateAccount()
  if (canLiveIn(dirname(directory), runner)) return { directory, runner }
  return { directory: withRealParent(elsewhere), runner }
}

function withRealParent(directory: string): string {
  try {
    makeFolder(dirname(directory))
    return join(realpathSync(dirname(directory)), basename(directory))
  } catch (error) {
    throw folderError(directory, error)
  }
}

function stableName(directory: string): string {
  const readable = directory
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(-48)
  return `${readable}-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`
}

function ownerOf(directory: string): Runner {
  const { uid, gid } = statSync(directory)
  if (uid === 0) {
    throw new ClusterError(
      `The data folder ${directory} belongs to root, and PostgreSQL can't run as root: give it away with "chown -R ${rowgateAccount().name} ${directory}".`
    )
  }
  const runner = owner(uid, gid)
  if (!may(runner, '-x', directory)) {
    throw new ClusterError(
      `The data folder ${directory} belongs to ${runner.name}, who can't get there: open the folders above it with "chmod o+x", or set ROWGATE_DATA to another folder.`
    )
  }
  return runner
}

function canLiveIn(parent: string, runner: Runner): boolean {
  let probe: string | undefined
  try {
    probe = mkdtempSync(join(parent, '.probe-'))
    chownSync(probe, runner.ids.uid!, runner.ids.gid!)
    return may(runner, '-w', probe)
  } catch (error) {
    // Network file systems refuse root the chown.
    if (probe && codeOf(error) === 'EPERM') return false
    throw folderError(parent, error)
  } finally {
    if (probe) rmSync(probe, { recursive: true, force: true })
  }
}
