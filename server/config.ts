import type { Issuer } from './issuers.ts'
import { readBaseDomain, readOrigins, readProxies } from './networks.ts'

export interface ServerConfig {
  port: number
  /** The address to listen on. */
  host: string
  /** As rowgate_authenticator. */
  databaseUrl: string
  /** At least 32 bytes; signs access tokens where there is no key pair. */
  jwtSecret: string | undefined
  /** A folder with key pairs that sign access tokens, and which of them does. */
  jwtKeys?: string | undefined
  jwtSignWith?: string | undefined
  /** Others whose tokens are taken. */
  issuers: readonly Issuer[]
  production: boolean
  introspection: boolean
  logLevel: string
  /** Connections to the database. */
  poolSize: number
  metrics: MetricsConfig
  /** What the API is called in traces; undefined: none are sent. */
  tracesAs: string | undefined
  /** Whether requests are limited by rate; off where something in front of the API does it. */
  rateLimits: boolean
  /** Requests per second of one network before its callers are known. */
  addressRate: number
  /** Where requests are counted for all nodes; without it each process counts for itself. */
  redisUrl?: string | undefined
  /** How many processes of the API there are: each one's share while Redis is out of reach. */
  nodes: number
  /** The proxies whose X-Forwarded-For is believed: addresses, networks, or express's names for some. */
  trustedProxies: readonly string[]
  /** The domain whose subdomains name tenants. */
  baseDomain?: string | undefined
  /** The origins whose pages may call the API. */
  corsOrigins: readonly string[]
  /** Seconds after which a request is stopped. */
  requestTimeout: number
  /** How many requests may wait for a database connection. */
  poolQueue: number
  /** Milliseconds to wait for a connection; 5,000 unless told. */
  connectTimeout?: number
  /** A folder with the only GraphQL documents that may be run. */
  operations?: string | undefined
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
    jwtKeys: env['ROWGATE_JWT_KEYS'] || undefined,
    jwtSignWith: env['ROWGATE_JWT_SIGN_WITH'] || undefined,
    issuers: readIssuers(env),
    production,
    introspection: readFlag(env, 'ROWGATE_INTROSPECTION', !production),
    logLevel: readLogLevel(env),
    poolSize: readNumber(env, 'ROWGATE_POOL_SIZE', 10, 1, 1000),
    metrics: readMetricsConfig(env, 'ROWGATE_METRICS_PORT'),
    tracesAs: env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? env['OTEL_SERVICE_NAME'] || 'rowgate' : undefined,
    rateLimits: readFlag(env, 'ROWGATE_RATE_LIMITS', true),
    addressRate: readNumber(env, 'ROWGATE_ADDRESS_RATE', 100, 1, 1_000_000),
    redisUrl: readRedisUrl(env),
    nodes: readNumber(env, 'ROWGATE_NODES', 1, 1, 1000),
    trustedProxies: readProxies(env),
    baseDomain: readBaseDomain(env),
    corsOrigins: readOrigins(env),
    requestTimeout: readNumber(env, 'ROWGATE_REQUEST_TIMEOUT', 15, 1, 3600),
    poolQueue: readNumber(env, 'ROWGATE_POOL_QUEUE', 100, 0, 100_000),
    operations: env['ROWGATE_OPERATIONS'] || undefined
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

function readJwtSecret(env: NodeJS.ProcessEnv): string | undefined {
  const value = env['ROWGATE_JWT_SECRET'] ?? ''
  if (!value && env['ROWGATE_JWT_KEYS']) return undefined
  if (Buffer.byteLength(value) >= 32) return value
  throw new ConfigError('ROWGATE_JWT_SECRET needs at least 32 bytes: make one with "openssl rand -base64 48".')
}

function readRedisUrl(env: NodeJS.ProcessEnv): string | undefined {
  const value = env['REDIS_URL']
  if (!value || /^rediss?:$/.test(URL.parse(value)?.protocol ?? '')) return value || undefined
  throw new ConfigError('REDIS_URL must be of the form redis://user:password@host:6379/0, or rediss:// with TLS.')
}

function readIssuers(env: NodeJS.ProcessEnv): Issuer[] {
  const wrong = new ConfigError(
    'ROWGATE_ISSUERS must be JSON: [{"issuer":"https://id.example.com","audience":"…","jwksUri":"https://…"}]; http only on this machine.'
  )
  const isAddress = (value: unknown): boolean => {
    const url = typeof value === 'string' ? URL.parse(value) : null
    return (
      url?.protocol === 'https:'
      || (url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
    )
  }
  let issuers: unknown
  try {
    issuers = JSON.parse(env['ROWGATE_ISSUERS'] || '[]')
  } catch {
    throw wrong
  }
  if (!Array.isArray(issuers)) throw wrong
  return issuers.map(({ issuer, audience, jwksUri }) => {
    if (!isAddress(issuer) || typeof audience !== 'string' || !audience || !isAddress(jwksUri)) throw wrong
    return { issuer, audience, jwksUri }
  })
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
