export interface ServerConfig {
  port: number
  /** The address to listen on. */
  host: string
  /** As rowgate_authenticator. */
  databaseUrl: string
  /** At least 32 bytes; signs access tokens. */
  jwtSecret: string
  production: boolean
  introspection: boolean
  logLevel: string
  /** Connections to the database. */
  poolSize: number
  metrics: MetricsConfig
  /** What the API is called in traces; undefined: none are sent. */
  tracesAs: string | undefined
}

export interface MetricsConfig {
  /** /metrics on a port of its own. */
  port: number | undefined
  /** Who has it may read /metrics; with it, they are on the API's own port as well. */
  token: string | undefined
  /** How many tenants have series of their own. */
  tenants: number
}

/** Says which variable is wrong, and what it should be; never repeats a value that may be secret. */
export class ConfigError extends Error {}

/** The environment of `npm run server` as one frozen object. Throws ConfigError. */
export function readServerConfig(env: NodeJS.ProcessEnv): Readonly<ServerConfig> {
  const production = env['NODE_ENV'] === 'production'
  return Object.freeze({
    port: readPort(env['PORT']),
    host: env['HOST'] || '127.0.0.1',
    databaseUrl: readDatabaseUrl(env, 'rowgate_authenticator'),
    jwtSecret: readJwtSecret(env),
    production,
    introspection: readFlag(env, 'ROWGATE_INTROSPECTION', !production),
    logLevel: readLogLevel(env),
    poolSize: readNumber(env, 'ROWGATE_POOL_SIZE', 10, 1, 1000),
    metrics: readMetricsConfig(env, 'ROWGATE_METRICS_PORT'),
    tracesAs: env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? env['OTEL_SERVICE_NAME'] || 'rowgate' : undefined
  })
}

/** @param portName API and worker have a port each, so that both can run on one machine. */
export function readMetricsConfig(env: NodeJS.ProcessEnv, portName: string): MetricsConfig {
  const token = env['ROWGATE_METRICS_TOKEN'] || undefined
  if (token !== undefined && !/^[!-~]{16,}$/.test(token)) {
    throw new ConfigError('ROWGATE_METRICS_TOKEN needs at least 16 characters without spaces: "openssl rand -hex 24".')
  }
  return {
    port: env[portName] ? readNumber(env, portName, 0, 0, 65535) : undefined,
    token,
    tenants: readNumber(env, 'ROWGATE_METRICS_TENANTS', 20, 0, 200)
  }
}

export function readPort(value: string | undefined): number {
  if (!value) return 5678
  if (/^\d+$/.test(value) && Number(value) <= 65535) return Number(value)
  throw new ConfigError(`PORT must be a whole number from 1 to 65535 (0 takes any free port), not "${value}".`)
}

/** @param login whom the process should connect as; named in the message only, the database checks it. */
export function readDatabaseUrl(env: NodeJS.ProcessEnv, login: string): string {
  const value = env['DATABASE_URL']
  const form = `postgres://${login}:password@host:5432/database, with special characters of the password as %XX`
  if (!value) throw new ConfigError(`DATABASE_URL is not set: write ${form}.`)
  const url = URL.parse(value)
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname) return value
  throw new ConfigError(`DATABASE_URL is not a PostgreSQL URL: write ${form}.`)
}

function readJwtSecret(env: NodeJS.ProcessEnv): string {
  const value = env['ROWGATE_JWT_SECRET'] ?? ''
  if (Buffer.byteLength(value) >= 32) return value
  throw new ConfigError('ROWGATE_JWT_SECRET needs at least 32 bytes: make one with "openssl rand -base64 48".')
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export function readLogLevel(env: NodeJS.ProcessEnv): string {
  const value = env['LOG_LEVEL'] || 'info'
  if (logLevels.includes(value)) return value
  throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${value}".`)
}

export function readFlag(env: NodeJS.ProcessEnv, name: string, otherwise: boolean): boolean {
  const value = env[name]
  if (!value) return otherwise
  if (value === '1' || value === '0') return value === '1'
  throw new ConfigError(`${name} must be 1 or 0, not "${value}".`)
}

export function readNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  otherwise: number,
  least: number,
  most: number
): number {
  const value = env[name]
  if (!value) return otherwise
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= least && number <= most) return number
  throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${value}".`)
}
