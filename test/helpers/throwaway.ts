import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { startCluster, type Cluster } from '../../db/cluster.ts'
import { migrate } from '../../db/migrate.ts'
import type { Database } from './database.ts'
import { passwords } from './passwords.ts'

export interface ThrowawayOptions {
  settings?: Record<string, string>
  /** The folder of another PostgreSQL, with bin/ in it. */
  programs?: string
}

/** What a proof or a bench starts, and what is stopped with it, however it ends. */
export interface Throwaway {
  /** Progress, on stderr. */
  log(line: string): void
  /** Remembers how something stops; stopping goes backwards through these. */
  keep(stop: () => unknown): void
  /** A PostgreSQL without Rowgate's schema. */
  cluster(options?: ThrowawayOptions): Promise<Cluster>
  /** A migrated database on a PostgreSQL of its own, or on the given one. */
  database(options?: ThrowawayOptions & { on?: { url: string }; name?: string }): Promise<Database>
  /** Stops all of it. It can be used again then. */
  stop(): Promise<void>
}

/** How fast PostgreSQL is with its promises kept: what a bench runs on, and a proof that kills it. */
export const durable = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  max_connections: '300'
}
/** For proofs that lose nothing when the machine does. */
const hasty = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

export function openThrowaway(): Throwaway {
  const kept: (() => unknown)[] = []
  const begun = performance.now()
  let stopping = Promise.resolve()
  const keep = (stop: () => unknown): void => void kept.push(stop)

  async function cluster({ settings = hasty, programs }: ThrowawayOptions = {}): Promise<Cluster> {
    const directory = await mkdtemp(`${tmpdir()}/rowgate-throwaway-`)
    keep(() => rm(directory, { recursive: true, force: true }))
    const started = await startCluster({ directory, settings, programs })
    keep(() => started.stop('immediate'))
    return started
  }

  async function stopAll(): Promise<void> {
    for (let stop = kept.pop(); stop; stop = kept.pop()) {
      try {
        await stop()
      } catch (error) {
        console.error(error)
        process.exitCode = 1
      }
    }
  }

  return {
    log: line => console.error(`${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${line}`),
    keep,
    cluster,
    async database({ on, name = 'rowgate', ...options } = {}) {
      const { url: adminUrl } = on ?? (await cluster(options))
      const { databaseUrl: url, apiUrl, workerUrl } = await migrate({ adminUrl, database: name, ...passwords })
      const admin = new pg.Pool({ connectionString: url, max: 10 })
      // The end of the cluster can overtake the goodbye of an idle connection.
      admin.on('error', () => {})
      // A PostgreSQL that is killed takes along those in use too, whose statements say so.
      admin.on('connect', client => client.on('error', () => {}))
      const close = () => (admin.ended ? undefined : admin.end())
      keep(close)
      return { url, apiUrl, workerUrl, admin, close: async () => close() }
    },
    // One after the other: a signal may come while a proof is already stopping, and waits for that as well.
    stop: () => (stopping = stopping.then(stopAll))
  }
}
