import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { withDatabase } from '../../db/migrate.ts'
import { passwords } from './passwords.ts'

export interface Database {
  /** The administrator's URL of this file's database. */
  url: string
  /** As rowgate_authenticator, what the API connects as. */
  apiUrl: string
  /** As rowgate_worker. */
  workerUrl: string
  /** A pool of the administrator, past every policy: for fixtures and for looking at what is really there. */
  admin: pg.Pool
  close(): Promise<void>
}

const cluster = process.env['ROWGATE_TEST_CLUSTER'] ?? ''

/** A database of its own for a test file, cloned from the migrated template. */
export async function openDatabase(template = 'rowgate_template'): Promise<Database> {
  if (!cluster) throw new Error('Tests run through "npm test", which starts their cluster.')
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name} template ${template} owner rowgate_owner`)
  // A database's own grants do not come along with its template.
  await onServer(`revoke all on database ${name} from public`)
  await onServer(`grant connect on database ${name} to rowgate_authenticator, rowgate_worker`)
  const url = withDatabase(cluster, name)
  const admin = new pg.Pool({ connectionString: url, max: 5 })
  // Dropping the database can overtake a connection's goodbye.
  admin.on('error', () => {})
  return {
    url,
    apiUrl: withLogin(url, 'rowgate_authenticator', passwords.apiPassword),
    workerUrl: withLogin(url, 'rowgate_worker', passwords.workerPassword),
    admin,
    async close() {
      await admin.end()
      await onServer(`drop database ${name} with (force)`)
    }
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(cluster, 'postgres') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}
