import { spawnSync } from 'node:child_process'
import { ClusterError } from './error.ts'

/** Who PostgreSQL runs as: `ids` is empty when it is the user we are. */
export interface Runner {
  name: string
  ids: { uid?: number; gid?: number }
}

// An account of its own, not Debian's `postgres`: that one can read the machine's other clusters,
// and a `postgres` made by us would stand in the way of the package that brings its own.
const account = 'rowgate'

export const isRoot = process.getuid?.() === 0

// Nothing of the caller's environment: PGDATA, PGOPTIONS or LC_* would change what initdb and postgres do.
export const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }

export const ourselves: Runner = { name: `uid ${process.getuid?.() ?? ''}`, ids: {} }

export function owner(uid: number, gid: number): Runner {
  return { name: nameOf(uid), ids: { uid, gid } }
}

/** PostgreSQL refuses to run as root, so root needs somebody else. */
export function rowgateAccount(): Runner {
  const found = lookUp()
  if (found) return found
  const made = spawnSync(
    'useradd',
    [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      account
    ],
    { env: environment, encoding: 'utf8' }
  )
  // Another start may have made it in the meantime, so the account counts, not the exit code.
  const now = lookUp()
  if (now) return now
  const reason = made.error?.message ?? made.stderr.trim().split('\n').at(-1)
  throw new ClusterError(
    `PostgreSQL can't run as root and useradd could not make the user ${account} (${reason}): make it, or start as another user than root.`
  )
}

/** Really tried as that user: modes alone say nothing about the folders above, ACLs or mount options. */
export function may(runner: Runner, flag: '-x' | '-w', path: string): boolean {
  return spawnSync('test', [flag, path], { ...runner.ids, env: environment, cwd: '/' }).status === 0
}

function lookUp(): Runner | undefined {
  const uid = id('-u', account)
  const gid = id('-g', account)
  return uid && gid ? { name: account, ids: { uid: Number(uid), gid: Number(gid) } } : undefined
}

function nameOf(uid: number): string {
  return id('-un', String(uid)) || `uid ${uid}`
}

function id(flag: string, who: string): string {
  const { status, stdout } = spawnSync('id', [flag, who], { env: environment, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}
