import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import anyTest, { type TestFn } from 'ava'
import { ConfigError } from '../../server/config.ts'
import { loadSecrets } from '../../server/secrets.ts'

const test = anyTest as TestFn<{ directory: string; file: string }>
const given = { ROWGATE_JWT_SECRET: 'x'.repeat(32), ROWGATE_API_PASSWORD: 'api', ROWGATE_WORKER_PASSWORD: 'worker' }

test.beforeEach(t => {
  const directory = mkdtempSync(join(tmpdir(), 'rowgate-secrets-'))
  t.context = { directory, file: join(directory, 'secrets.json') }
})

test.afterEach.always(t => rmSync(t.context.directory, { recursive: true, force: true }))

test('secrets are generated once, long enough, all different and for the owner only', t => {
  const { directory, file } = t.context
  const secrets = loadSecrets(directory, {})
  t.true(Buffer.byteLength(secrets.jwtSecret) >= 32)
  t.is(new Set(Object.values(secrets)).size, 3)
  t.deepEqual(readdirSync(directory), ['secrets.json'])
  t.is(statSync(file).mode & 0o777, 0o600)
  chmodSync(file, 0o644)
  t.deepEqual(loadSecrets(directory, {}), secrets)
  t.is(statSync(file).mode & 0o777, 0o600)
})

test('a secret that a newer version needs is added, and the others stay', t => {
  const { directory, file } = t.context
  const { workerPassword, ...older } = loadSecrets(directory, {})
  writeFileSync(file, JSON.stringify(older))
  const secrets = loadSecrets(directory, {})
  t.like(secrets, older)
  t.not(secrets.workerPassword, workerPassword)
  t.deepEqual(JSON.parse(readFileSync(file, 'utf8')), secrets)
})

test('the environment wins, and when it has them all no file is written', t => {
  t.deepEqual(loadSecrets(t.context.directory, given), {
    jwtSecret: 'x'.repeat(32),
    apiPassword: 'api',
    workerPassword: 'worker'
  })
  t.deepEqual(readdirSync(t.context.directory), [])
  t.is(loadSecrets(t.context.directory, { ROWGATE_API_PASSWORD: 'api' }).apiPassword, 'api')
})

test('production names what is missing and generates nothing', t => {
  const { ROWGATE_API_PASSWORD, ...rest } = given
  t.throws(() => loadSecrets(t.context.directory, { ...rest, NODE_ENV: 'production' }), {
    instanceOf: ConfigError,
    message: 'In production secrets are not generated: set ROWGATE_API_PASSWORD.'
  })
  t.deepEqual(readdirSync(t.context.directory), [])
  t.is(loadSecrets(t.context.directory, { ...given, NODE_ENV: 'production' }).apiPassword, ROWGATE_API_PASSWORD)
})

test('a short JWT secret and a damaged file are refused in one line', t => {
  const { directory, file } = t.context
  t.throws(() => loadSecrets(directory, { ...given, ROWGATE_JWT_SECRET: 'x'.repeat(31) }), {
    instanceOf: ConfigError,
    message: /at least 32 bytes/
  })
  for (const damaged of ['{"jwtSecret":', '{"jwtSecret":42}', 'null', '{"jwtSecret":"short"}']) {
    writeFileSync(file, damaged)
    t.throws(() => loadSecrets(directory, {}), {
      instanceOf: ConfigError,
      message: /secrets\.json is damaged: restore it, or remove it/
    })
    t.is(readFileSync(file, 'utf8'), damaged)
  }
  rmSync(file)
  t.notThrows(() => loadSecrets(directory, {}))
})
