import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { startCluster } from './cluster.ts'
import { migrate } from './migrate.ts'

/** Debian's PostgreSQL 15, whose pg_dump makes the tracked schema: npm's PostgreSQL brings none. */
export const programs = '/usr/lib/postgresql/15'

/** The whole schema as pg_dump of 15 writes it: policies, grants and comments included, and nothing that changes by itself, such as a month's partition. */
export async function dumpSchema(databaseUrl: string): Promise<string> {
  const options = [
    '--schema-only',
    '--schema=app_*',
    '--exclude-table=app_private.usage_records_[2p]*',
    '--no-tablespaces',
    '--dbname',
    databaseUrl
  ]
  const { stdout } = await promisify(execFile)(`${programs}/bin/pg_dump`, options, { maxBuffer: 2 ** 26 })
  return stdout
    .replace(/^-- Dumped (from|by).*\n/gm, '')
    .replace(/^\\(un)?restrict .*\n/gm, '')
    .replace(/\n{3,}/g, '\n\n')
}

if (import.meta.main && !existsSync(`${programs}/bin/pg_dump`)) {
  console.error('Not written: db/schema.sql, which needs pg_dump of PostgreSQL 15: apt-get install postgresql-15')
  process.exitCode = 1
} else if (import.meta.main) {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-dump-`)
  const cluster = await startCluster({ directory, settings: { fsync: 'off' }, programs })
  try {
    const { databaseUrl } = await migrate({ adminUrl: cluster.url, database: 'rowgate' })
    await writeFile(`${import.meta.dirname}/schema.sql`, await dumpSchema(databaseUrl))
  } finally {
    await cluster.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
