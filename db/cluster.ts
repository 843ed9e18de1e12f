import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findBinaries } from './cluster/binaries.ts'
import { ClusterError, folderError } from './cluster/error.ts'
import { holdsData } from './cluster/examine.ts'
import { initialise, passwordFile } from './cluster/initialise.ts'
import { lockFolder } from './cluster/lock.ts'
import { stopOrphan } from './cluster/orphan.ts'
import { choosePlace } from './cluster/place.ts'
import { choosePort, isFree } from './cluster/port.ts'
import { lastLines, launch, logFile, PortTaken, type Postmaster } from './cluster/postmaster.ts'

export { ClusterError } from './cluster/error.ts'

export interface Cluster {
  /** The superuser's connection to the database postgres. */
  url: string
  dataDirectory: string
  /** Resolves when PostgreSQL ends without having been asked to. */
  lost: Promise<ClusterError>
  /** `immediate` does not wait for anything; the next start then recovers from the write-ahead log. */
  stop(how?: 'fast' | 'immediate'): Promise<void>
}

export interface ClusterOptions {
  directory: string
  settings?: Record<string, string>
  port?: number
  /** The folder of another PostgreSQL, with bin/ in it; default: the one that npm brought. */
  programs?: string | undefined
}

const ours = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  logging_collector: 'off',
  log_destination: 'stderr'
}
const defaults = { timezone: 'UTC', log_timezone: 'UTC' }
// A pool that has closed may still be hanging up: cut off then, it would report a lost database.
const goodbye = 500
const patience = 30_000

/** The real PostgreSQL that npm brought, run as our only child. Its own class is not used: it dies with the first Ctrl-C
 *  and knows neither an unreachable home nor what an earlier start left behind. */
export async function startCluster({ directory, settings = {}, port, programs }: ClusterOptions): Promise<Cluster> {
  const place = choosePlace(directory)
  const binaries = findBinaries(place.runner, programs)
  const lock = await lockFolder(place.directory)
  try {
    if (!holdsData(place.directory, binaries.major)) await initialise(place, binaries, settings['fsync'] !== 'off')
    const password = readPassword(place.directory)
    await stopOrphan(place.directory)
    const [postmaster, chosen] = await onFreePort(place.directory, port, port =>
      launch(place, binaries, { ...defaults, ...settings, ...ours, port: String(port) })
    )
    lock.tell(chosen)
    void postmaster.ended.then(lock.release)
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${chosen}/postgres`,
      dataDirectory: place.directory,
      ...watch(postmaster, place.directory)
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function readPassword(directory: string): string {
  try {
    return readFileSync(join(directory, passwordFile), 'utf8').trim()
  } catch (error) {
    throw folderError(directory, error)
  }
}

async function onFreePort(
  directory: string,
  wished: number | undefined,
  start: (port: number) => Promise<Postmaster>
): Promise<[Postmaster, number]> {
  const taken = new ClusterError(`Port ${wished} for PostgreSQL is taken: stop what runs there, or choose another one.`)
  if (wished !== undefined && !(await isFree(wished))) throw taken
  for (;;) {
    const port = wished ?? (await choosePort(directory))
    try {
      return [await start(port), port]
    } catch (error) {
      // Somebody was faster between our look and the start.
      if (!(error instanceof PortTaken)) throw error
      if (wished !== undefined) throw taken
    }
  }
}

function watch(postmaster: Postmaster, directory: string): Pick<Cluster, 'lost' | 'stop'> {
  let asked = false
  const lost = postmaster.ended.then(() => {
    if (asked) return new Promise<never>(() => {})
    return new ClusterError(
      `PostgreSQL ended unexpectedly: start again; its log is ${logFile(directory)}.`,
      lastLines(directory)
    )
  })
  return {
    lost,
    async stop(how = 'fast') {
      asked = true
      if (how === 'fast') {
        postmaster.signal('SIGTERM')
        if (await endsWithin(postmaster, goodbye)) return
        postmaster.signal('SIGINT')
        if (await endsWithin(postmaster, patience)) return
      }
      postmaster.signal('SIGQUIT')
      await postmaster.ended
    }
  }
}

async function endsWithin({ ended }: Postmaster, milliseconds: number): Promise<boolean> {
  const late = new AbortController()
  const timer = delay(milliseconds, false, { signal: late.signal }).catch(() => true)
  const inTime = await Promise.race([ended.then(() => true), timer])
  late.abort()
  return inTime
}
