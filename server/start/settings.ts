import { dataDirectory } from '../../db/data-directory.ts'
import { ConfigError, readDatabaseUrl, readFlag, readLogLevel, readPort } from '../config.ts'

export interface StartSettings {
  port: number
  host: string
  dataDirectory: string
  /** Undefined means: the database that comes along. */
  externalUrl: string | undefined
  production: boolean
  demo: boolean
}

export function readSettings(env: NodeJS.ProcessEnv): StartSettings {
  const production = env['NODE_ENV'] === 'production'
  const externalUrl = env['DATABASE_URL'] ? readDatabaseUrl(env, 'administrator') : undefined
  if (production && externalUrl === undefined) {
    throw new ConfigError(
      'The database that comes along is not for production: set DATABASE_URL to a PostgreSQL that you run and back up.'
    )
  }
  readLogLevel(env)
  const demo = readFlag(env, 'ROWGATE_DEMO', externalUrl === undefined && !production)
  if (demo && production) throw new ConfigError('The demo data has public passwords: unset ROWGATE_DEMO in production.')
  return {
    port: readPort(env['PORT']),
    host: env['HOST'] || '127.0.0.1',
    dataDirectory: dataDirectory(env),
    externalUrl,
    production,
    demo
  }
}
