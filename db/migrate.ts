import { readFile, readdir } from 'node:fs/promises'
import { Logger, migrate as runCommitted, type Settings } from 'graphile-migrate'
import { clearAllPools } from 'graphile-migrate/dist/pgReal.js'
import { Logger as QueueLogger, runMigrations as installQueue } from 'graphile-worker'
import pg from 'pg'
import { ConfigError } from '../server/config.ts'

const here = import.meta.dirname

export interface MigrateOptions {
  /** Connection URL of an administrator: a superuser, or a role that may create roles and databases. */
  adminUrl: string
  /** The database to create and migrate; default: the one that the URL names. */
  database?: string
  /** Password for rowgate_authenticator, the API's login; left as it is when not given. */
  apiPassword?: string
  /** Password for rowgate_worker; left as it is when not given. */
  workerPassword?: string
  /**
   * Leaves the password of a login that exists already, and throws ConfigError when it is not the given one: other
   * processes may be using it.
   */
  keepPasswords?: boolean
  log?: (line: string) => void
}

export interface Migrated {
  /** The administrator's URL of the migrated database. */
  databaseUrl: string
  apiUrl: string
  workerUrl: string
  /** Whether this call created the database. */
  fresh: boolean
  /** Whether a login has no password that this call knows of. */
  withoutPassword: boolean
}

/**
 * Creates roles and database where missing and brings the database to the newest committed migration. Idempotent.
 * Throws what pg throws when the server is out of reach or the administrator lacks a right.
 */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const database = options.database ?? (decodeURIComponent(new URL(options.adminUrl).pathname.slice(1)) || 'rowgate')
  const databaseUrl = withDatabase(options.adminUrl, database)
  const { fresh, withoutPassword } = await prepareCluster(options, database)
  await assertSameHistory(databaseUrl)
  await prepareQueue(databaseUrl, database)
  await runCommitted(settings(databaseUrl, options.log))
  // It keeps its connections a while, and ends the process when the server goes away meanwhile.
  clearAllPools()
  await finish(databaseUrl)
  return {
    databaseUrl,
    apiUrl: withLogin(databaseUrl, 'rowgate_authenticator', options.apiPassword),
    workerUrl: withLogin(databaseUrl, 'rowgate_worker', options.workerPassword),
    fresh,
    withoutPassword
  }
}

/** graphile-migrate's settings; the command line tools use the same through db/commit.ts. */
export function settings(connectionString: string, log: (line: string) => void = () => {}): Settings {
  return {
    connectionString,
    migrationsFolder: here,
    logger: new Logger(() => (level, message) => {
      if (level !== 'debug') log(message)
    })
  }
}

/** The newest committed migration, as a database records it: what it must have to be up to date. */
export async function newestMigration(): Promise<string | undefined> {
  const files = await readdir(`${here}/committed`)
  const numbers = files.flatMap(name => /^(\d{6})(-.*)?\.sql$/.exec(name)?.[1] ?? [])
  const newest = numbers.sort().at(-1)
  return newest && `${newest}.sql`
}

async function prepareCluster(
  options: MigrateOptions,
  database: string
): Promise<{ fresh: boolean; withoutPassword: boolean }> {
  return withClient(withDatabase(options.adminUrl, 'postgres'), async client => {
    // Roles belong to the cluster: two migrations that start together must not both create them.
    await client.query("select pg_advisory_lock(hashtext('rowgate roles'))")
    const { rows } = await client.query("select from pg_roles where rolname = 'rowgate_authenticator'")
    const existed = rows.length > 0
    await client.query(await readFile(`${here}/roles.sql`, 'utf8'))
    const logins = [
      ['rowgate_authenticator', options.apiPassword],
      ['rowgate_worker', options.workerPassword]
    ] as const
    for (const [role, password] of logins) {
      if (!password) continue
      if (existed && options.keepPasswords) await assertPassword(options.adminUrl, role, password)
      else await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
    }
    const name = client.escapeIdentifier(database)
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${name} encoding 'UTF8' template template0`)
    await client.query(`revoke all on database ${name} from public`)
    await client.query(`grant connect on database ${name} to rowgate_authenticator, rowgate_worker`)
    return { fresh: !rowCount, withoutPassword: !existed && logins.some(([, password]) => !password) }
  })
}

async function assertPassword(adminUrl: string, role: string, password: string): Promise<void> {
  try {
    await withClient(withLogin(withDatabase(adminUrl, 'postgres'), role, password), async () => {})
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error
    throw new ConfigError(
      `The server has a login ${role} with another password, which may be in use: set ROWGATE_API_PASSWORD and ROWGATE_WORKER_PASSWORD to the passwords of rowgate_authenticator and rowgate_worker.`
    )
  }
}

/** A migration that was cut again does not run again by itself: what it changed would silently be missing. */
async function assertSameHistory(databaseUrl: string): Promise<void> {
  const ran = await withClient(databaseUrl, async client => {
    const { rows } = await client.query("select to_regclass('graphile_migrate.migrations') as history")
    if (!rows[0].history) return []
    return (await client.query('select filename, hash from graphile_migrate.migrations')).rows
  })
  const hashes = new Map<string, string>()
  for (const name of await readdir(`${here}/committed`)) {
    const hash = /^--! Hash: (\S+)$/m.exec(await readFile(`${here}/committed/${name}`, 'utf8'))?.[1]
    if (hash) hashes.set(`${name.slice(0, 6)}.sql`, hash)
  }
  const changed = ran.find(({ filename, hash }) => hashes.get(filename) !== hash)
  if (!changed) return
  throw new ConfigError(
    `The database has another cut of migration ${changed.filename} than this version: before 1.0 there is no way from one to the other. Start with an empty database (for "npm start": remove its data folder).`
  )
}

/** graphile-worker's tables belong to the role that runs it, so that nobody else needs a right on them. */
async function prepareQueue(databaseUrl: string, database: string): Promise<void> {
  // One connection, because the role is set on it.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  // graphile-worker asks for both; a broken connection shows in the query that needs it.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const name = pg.escapeIdentifier(database)
  try {
    await pool.query(`grant create on database ${name} to rowgate_worker`)
    await pool.query('set role rowgate_worker')
    await installQueue({ pgPool: pool, logger: new QueueLogger(() => () => {}) })
    await pool.query('reset role')
    await pool.query(`revoke create on database ${name} from rowgate_worker`)
  } finally {
    await pool.end()
  }
}

/** What the migrations can't do themselves: they run as the owner, and this is the administrator's to give and take. */
async function finish(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async client => {
    await client.query('grant usage on schema graphile_migrate to rowgate_reader')
    await client.query('grant select on graphile_migrate.migrations to rowgate_reader')
    // A database whose migration is being cut has no such function yet.
    const { rows: partitioned } = await client.query(
      "select to_regprocedure('app_hidden.prepare_usage_partitions()') as it"
    )
    if (partitioned[0].it) {
      await client.query('set role rowgate_owner')
      await client.query('select app_hidden.prepare_usage_partitions()')
      await client.query('reset role')
    }
    const { rows } = await client.query('select rolsuper from pg_roles where rolname = current_user')
    if (rows[0].rolsuper) await client.query(await readFile(`${here}/harden.sql`, 'utf8'))
  })
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, application_name: 'rowgate migrate' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

function withLogin(url: string, user: string, password = ''): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = encodeURIComponent(password)
  return changed.href
}
