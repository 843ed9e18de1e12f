import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from '../../db/cluster.ts'

export interface Scratch {
  /** The superuser's connection. */
  url: string
  /** The same database as somebody else. */
  urlAs(user: string, password: string): string
  /** As the superuser. */
  sql<Row extends object = any>(text: string, values?: unknown[]): Promise<Row[]>
  stop(): Promise<void>
}

/** A Postgres of one's own, without any of Rowgate's schema: for tests of what lies below it. */
export async function startScratch(settings: Record<string, string> = {}): Promise<Scratch> {
  const parent = mkdtempSync(join(tmpdir(), 'rowgate-scratch-'))
  // When the tests run as root, Postgres runs as somebody else, who has to get in.
  chmodSync(parent, 0o755)
  const cluster = await startCluster({ directory: join(parent, 'data'), settings: { fsync: 'off', ...settings } })
  const admin = new pg.Pool({ connectionString: cluster.url, max: 4 })
  // The end of the cluster can overtake the goodbye of an idle connection.
  admin.on('error', () => {})
  return {
    url: cluster.url,
    urlAs(user, password) {
      const url = new URL(cluster.url)
      url.username = user
      url.password = password
      return url.href
    },
    sql: async (text, values) => (await admin.query(text, values)).rows,
    async stop() {
      await admin.end()
      await cluster.stop()
      rmSync(parent, { recursive: true, force: true })
    }
  }
}
