import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ClusterError, codeOf, folderError } from './error.ts'
import { passwordFile } from './initialise.ts'
import { isRoot } from './user.ts'

/** Whether the folder already holds a usable database; throws when it holds anything else. */
export function holdsData(directory: string, major: string): boolean {
  try {
    const stat = statSync(directory)
    if (!stat.isDirectory()) throw unusable(directory, 'is a file: remove it')
    if (!isRoot && stat.uid !== process.getuid?.())
      throw unusable(directory, `belongs to another user (uid ${stat.uid}): start as that user`)
    if (readdirSync(directory).length === 0) return false
    assertOurs(directory, major)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw folderError(directory, error)
  }
}

function assertOurs(directory: string, major: string): void {
  if (!existsSync(join(directory, 'PG_VERSION')))
    throw unusable(directory, 'holds something else than a database: empty it')

  const version = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()
  if (version !== major) {
    throw unusable(
      directory,
      `holds data of PostgreSQL ${version} and this is ${major}: dump it with PostgreSQL ${version} and restore it into a new folder`
    )
  }
  if (!existsSync(join(directory, passwordFile))) {
    throw unusable(
      directory,
      `has lost its password file ${passwordFile}: restore that, or remove the folder to begin anew`
    )
  }
}

function unusable(directory: string, what: string): ClusterError {
  return new ClusterError(`The data folder ${directory} ${what}, or set ROWGATE_DATA to another folder.`)
}
