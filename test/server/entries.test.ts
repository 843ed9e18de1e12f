import test from 'ava'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { newestMigration } from '../../db/migrate.ts'
import { openDatabase, type Database } from '../helpers/database.ts'

// What `npm run server`, `worker` and `migrate` say when something is wrong: one line each, and no stack.

const project = join(import.meta.dirname, '../..')
const secret = 'a secret for tests, long enough to sign with'
let database: Database
let empty: Database
test.before(async () => {
  database = await openDatabase()
  empty = await openDatabase('template0')
})
test.after.always(async () => {
  await database.close()
  await empty.close()
})

function run(entry: string, env: NodeJS.ProcessEnv) {
  const { PATH, HOME } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry], {
    cwd: project,
    env: { PATH, HOME, GRAPHILE_ENV: 'production', PORT: '0', LOG_LEVEL: 'warn', ...env },
    encoding: 'utf8',
    timeout: 60_000
  })
  return { status, said: `${stdout}${stderr}` }
}
const withPassword = (url: string, password: string) => Object.assign(new URL(url), { password }).href
const withDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href

test('each entry says in one line what is wrong', async t => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  t.teardown(() => void blocker.close())
  const taken = String((blocker.address() as AddressInfo).port)
  const jwt = { ROWGATE_JWT_SECRET: secret }
  const { apiUrl, workerUrl, url } = database

  for (const [entry, env, words] of [
    ['server/index.ts', { ...jwt }, /^DATABASE_URL is not set: write postgres:\/\/rowgate_authenticator:/],
    ['server/index.ts', { DATABASE_URL: apiUrl }, /^ROWGATE_JWT_SECRET needs at least 32 bytes/],
    ['server/index.ts', { ...jwt, DATABASE_URL: apiUrl, LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
    ['server/index.ts', { ...jwt, DATABASE_URL: apiUrl, REDIS_URL: 'http://hush' }, /^REDIS_URL must be of the form/],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: apiUrl, ROWGATE_TRUSTED_PROXIES: '10.0.0.0/8, 0.0.0.0/0' },
      /^ROWGATE_TRUSTED_PROXIES must be .* not "0\.0\.0\.0\/0"/
    ],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: apiUrl, ROWGATE_CORS_ORIGINS: 'https://a.example/path' },
      /^ROWGATE_CORS_ORIGINS must be origins/
    ],
    ['server/index.ts', { ...jwt, DATABASE_URL: apiUrl, PORT: taken }, /^Port \d+ is taken/],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: apiUrl, ROWGATE_METRICS_PORT: taken },
      /^Nothing can listen at port \d+ \(EADDRINUSE\): correct ROWGATE_METRICS_PORT/
    ],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: apiUrl, ROWGATE_METRICS_TOKEN: 'hush' },
      /^ROWGATE_METRICS_TOKEN needs/
    ],
    [
      'worker/index.ts',
      { DATABASE_URL: workerUrl, ROWGATE_WORKER_METRICS_PORT: taken },
      /^Nothing can listen at port \d+ \(EADDRINUSE\): correct ROWGATE_WORKER_METRICS_PORT/
    ],
    [
      'worker/index.ts',
      { DATABASE_URL: workerUrl, ROWGATE_WORKER_METRICS_PORT: 'many' },
      /^ROWGATE_WORKER_METRICS_PORT must be a whole number/
    ],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: withPassword(apiUrl, 'hush') },
      /refuses the user "rowgate_authenticator"/
    ],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: withDatabase(apiUrl, 'none') },
      /has no database "none": make it with "npm run migrate"/
    ],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: empty.apiUrl },
      /^The database is not migrated: run "npm run migrate" first/
    ],
    ['server/index.ts', { ...jwt, DATABASE_URL: workerUrl }, /^DATABASE_URL must name the login rowgate_authenticator/],
    [
      'server/index.ts',
      { ...jwt, DATABASE_URL: url },
      /^DATABASE_URL must name the login rowgate_authenticator: postgres is a superuser;.* more\.\n$/
    ],
    ['worker/index.ts', { DATABASE_URL: withPassword(workerUrl, 'hush') }, /refuses the user "rowgate_worker"/],
    ['worker/index.ts', { DATABASE_URL: apiUrl }, /^DATABASE_URL must name the login rowgate_worker/],
    ['worker/index.ts', { DATABASE_URL: url }, /^DATABASE_URL must name the login rowgate_worker/],
    ['worker/index.ts', { DATABASE_URL: empty.workerUrl }, /^The database is not migrated/],
    ['worker/index.ts', { DATABASE_URL: workerUrl, ROWGATE_SMTP_URL: 'mail' }, /^ROWGATE_SMTP_URL must be of the form/],
    ['db/migrate-cli.ts', {}, /^DATABASE_URL is not set/],
    ['db/migrate-cli.ts', { DATABASE_URL: withPassword(url, 'hush') }, /refuses the user "postgres"/]
  ] as [string, NodeJS.ProcessEnv, RegExp][]) {
    const { status, said } = run(entry, env)
    t.is(status, 1, said)
    t.regex(said, words)
    t.is(said.trim().split('\n').length, 1, said)
    t.false(said.includes('hush'))
  }
  const migrated = run('db/migrate-cli.ts', { DATABASE_URL: url })
  t.is(migrated.status, 0, migrated.said)
})

test('a database with another cut of a migration is named, not used', async t => {
  const { admin, url } = database
  const newest = await newestMigration()
  const { rows } = await admin.query('select hash from graphile_migrate.migrations where filename = $1', [newest])
  await admin.query("update graphile_migrate.migrations set hash = 'sha1:older'")
  const { status, said } = run('db/migrate-cli.ts', { DATABASE_URL: url })
  await admin.query('update graphile_migrate.migrations set hash = $1', [rows[0].hash])
  t.is(status, 1)
  t.regex(said, new RegExp(`^The database has another cut of migration ${newest} than this version`))
})
