import {
  ConfigError,
  readDatabaseUrl,
  readLogLevel,
  readMetricsConfig,
  readNumber,
  type MetricsConfig
} from '../server/config.ts'
import { dataDirectory } from '../db/data-directory.ts'

export interface WorkerConfig {
  /** As rowgate_worker. */
  databaseUrl: string
  /** Where mail goes as .eml files while no SMTP server is named. */
  mailDirectory: string
  /** smtp:// or smtps://, with user and password if needed. */
  smtpUrl?: string | undefined
  mailFrom: string
  /** Where the pages are that links in mail lead to; without it mail shows the secret itself. */
  appUrl?: string | undefined
  /** Milliseconds to wait for a connection to PostgreSQL; 5,000 unless told. */
  connectTimeout?: number
  /** Whether webhooks may go over http and to addresses of this machine or network: for development. */
  webhooksAnywhere: boolean
  /** Jobs at the same time. */
  concurrency: number
  logLevel: string
  /** The address that the metrics' port is at. */
  host: string
  metrics: MetricsConfig
}

export type MailConfig = Pick<WorkerConfig, 'mailDirectory' | 'smtpUrl' | 'mailFrom'>

/** The environment of `npm run worker` as one frozen object. Throws ConfigError. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): Readonly<WorkerConfig> {
  return Object.freeze({
    databaseUrl: readDatabaseUrl(env, 'rowgate_worker'),
    ...readMailConfig(env),
    appUrl: readAppUrl(env),
    webhooksAnywhere: readWebhooksAnywhere(env),
    concurrency: readNumber(env, 'ROWGATE_JOBS', 5, 1, 100),
    logLevel: readLogLevel(env),
    host: env['HOST'] || '127.0.0.1',
    metrics: readMetricsConfig(env, 'ROWGATE_WORKER_METRICS_PORT')
  })
}

function readAppUrl(env: NodeJS.ProcessEnv): string | undefined {
  const value = env['ROWGATE_APP_URL'] || undefined
  const url = value === undefined ? undefined : URL.parse(value)
  if (url === undefined || (/^https?:$/.test(url?.protocol ?? '') && !url?.search && !url?.hash)) return value
  throw new ConfigError('ROWGATE_APP_URL must be the address of your pages, such as https://app.example.com.')
}

function readWebhooksAnywhere(env: NodeJS.ProcessEnv): boolean {
  const value = env['ROWGATE_WEBHOOKS_ANYWHERE'] || '0'
  if (value !== '0' && value !== '1') throw new ConfigError('ROWGATE_WEBHOOKS_ANYWHERE must be 1 or 0.')
  if (value === '1' && env['NODE_ENV'] === 'production') {
    throw new ConfigError('ROWGATE_WEBHOOKS_ANYWHERE=1 lets tenants reach your network: it is refused in production.')
  }
  return value === '1'
}

export function readMailConfig(env: NodeJS.ProcessEnv): MailConfig {
  const smtpUrl = env['ROWGATE_SMTP_URL'] || undefined
  if (smtpUrl && !/^smtps?:$/.test(URL.parse(smtpUrl)?.protocol ?? '')) {
    throw new ConfigError('ROWGATE_SMTP_URL must be of the form smtp://user:password@host:587 (or smtps://).')
  }
  return {
    smtpUrl,
    mailFrom: env['ROWGATE_MAIL_FROM'] || 'Rowgate <no-reply@rowgate.invalid>',
    mailDirectory: `${dataDirectory(env)}/mail`
  }
}
