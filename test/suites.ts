import { existsSync } from 'node:fs'

export interface Suite {
  name: string
  /** What ava runs; everything when empty. */
  files: string[]
  /** The folder of another PostgreSQL than the one that npm brought. */
  programs?: string
  /** What it needs that npm can't bring, and what brings it. */
  needs?: { file: string; install: string }
}

const debian15 = '/usr/lib/postgresql/15'

/** All that `npm test` runs, one after the other. */
export const suites: Suite[] = [
  { name: 'everything on PostgreSQL 18', files: [] },
  {
    name: 'the database on PostgreSQL 15',
    files: ['test/db/**'],
    programs: debian15,
    needs: { file: `${debian15}/bin/postgres`, install: 'apt-get install postgresql-15' }
  }
]

export const isMissing = ({ needs }: Suite): boolean => needs !== undefined && !existsSync(needs.file)
