import { existsSync } from 'node:fs'
import { programs } from '../db/schema-sql.ts'

export interface Suite {
  name: string
  /** What ava runs. */
  files: string[]
  /** The folder of another PostgreSQL than the one that npm brought. */
  programs?: string
  /** Installed by an administrator who is no superuser, as on a managed PostgreSQL. */
  managed?: boolean
  /** What it needs that npm can't bring, and what brings it. */
  needs?: { file: string; install: string }
}

const onDebian15 = {
  files: ['test/db/**', 'test/db-15/**'],
  programs,
  needs: { file: `${programs}/bin/postgres`, install: 'apt-get install postgresql-15' }
}

/** All that `npm test` runs, one after the other. */
export const suites: Suite[] = [
  {
    name: 'everything on PostgreSQL 18',
    files: ['test/**', '!test/db-15/**', '!test/prometheus/**', '!test/prove/**', '!test/console/**']
  },
  { name: 'the database on PostgreSQL 18, installed without a superuser', files: ['test/db/**'], managed: true },
  { name: 'the database on PostgreSQL 15', ...onDebian15 },
  { name: 'the database on PostgreSQL 15, installed without a superuser', ...onDebian15, managed: true },
  { name: 'every proof, short', files: ['test/prove/**'] },
  {
    name: 'metrics, dashboard and alert rules in a real Prometheus',
    files: ['test/prometheus/**'],
    needs: { file: '/usr/bin/prometheus', install: 'apt-get install prometheus' }
  },
  {
    name: 'the console in a real browser',
    files: ['test/console/**'],
    needs: { file: '/usr/bin/chromium', install: 'apt-get install chromium' }
  }
]

export const isMissing = ({ needs }: Suite): boolean => needs !== undefined && !existsSync(needs.file)
