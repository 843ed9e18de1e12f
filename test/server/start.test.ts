import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import anyTest, { type TestFn } from 'ava'
import pg from 'pg'
import { startCluster } from '../../db/cluster.ts'
import { databaseUrl, start } from './start-process.ts'

const test = anyTest as TestFn<{ ROWGATE_DATA: string }>

test.beforeEach(t => {
  const home = mkdtempSync(join(tmpdir(), 'rowgate-start-'))
  chmodSync(home, 0o755)
  t.context = { ROWGATE_DATA: join(home, 'data') }
})

test.afterEach.always(t => rmSync(join(t.context.ROWGATE_DATA, '..'), { recursive: true, force: true }))

async function answers(url: string): Promise<string> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ name: string }>('select current_database() as name')
  await client.end()
  return rows[0]!.name
}

async function takenPort(): Promise<{ port: number; free(): Promise<unknown> }> {
  const server = createServer()
  await once(server.listen(0), 'listening')
  return { port: (server.address() as AddressInfo).port, free: () => once(server.close(), 'close') }
}

test('it starts, says where everything is, stops on Ctrl-C, and a second start finds the same', async t => {
  const { ROWGATE_DATA } = t.context
  t.is(databaseUrl(t.context).status, 1)
  const first = await start(t.context)
  for (const said of [
    /Rowgate runs at http:\/\/\S+:\d+/,
    /\/graphql\n/,
    /\/auth\/token\n/,
    `${ROWGATE_DATA}/postgres\n`,
    /\n {2}curl -s http/
  ]) {
    t.true(said instanceof RegExp ? said.test(first.output()) : first.output().includes(said), String(said))
  }
  const told = databaseUrl(t.context)
  t.deepEqual([told.status, told.stderr], [0, ''])
  t.is(await answers(told.stdout.trim()), 'rowgate')
  const secrets = readFileSync(join(ROWGATE_DATA, 'secrets.json'), 'utf8')
  for (const file of ['secrets.json', 'run.json']) t.is(statSync(join(ROWGATE_DATA, file)).mode & 0o777, 0o600)

  first.signal('SIGINT')
  t.is(await first.exit, 0)
  for (const file of ['postgres/postmaster.pid', 'run.json']) t.false(existsSync(join(ROWGATE_DATA, file)))
  const stopped = databaseUrl(t.context)
  t.deepEqual([stopped.status, stopped.stdout], [1, ''])
  t.regex(stopped.stderr, /^No Rowgate runs on .*: start it with "npm start".*\n$/)

  const second = await start(t.context)
  t.is(databaseUrl(t.context).stdout, told.stdout)
  t.is(readFileSync(join(ROWGATE_DATA, 'secrets.json'), 'utf8'), secrets)
  second.signal('SIGTERM')
  t.is(await second.exit, 0)
})

test('a taken port is refused before anything is started, with one that is free', async t => {
  const { port, free } = await takenPort()
  const refused = await start({ ...t.context, PORT: String(port) })
  t.is(await refused.exit, 1)
  const next = Number(
    /^Port \d+ is taken: stop what runs there or start with PORT=(\d+) npm start\n$/.exec(refused.output())?.[1]
  )
  t.true(next > port)
  t.false(existsSync(t.context.ROWGATE_DATA))
  await free()
  const started = await start({ ...t.context, PORT: String(port) })
  t.true(started.output().includes(`:${port}/graphql`))
  started.signal('SIGHUP')
  t.is(await started.exit, 0)
})

test('bad settings are refused in one line that repeats no password', async t => {
  const { port, free } = await takenPort()
  await free()
  writeFileSync(t.context.ROWGATE_DATA, '')
  for (const [env, said] of [
    [{ PORT: 'http' }, /^PORT must be a whole number from 1 to 65535 .*, not "http"\.\n$/],
    [{ PORT: '65536' }, /^PORT must be/],
    [{ DATABASE_URL: 'admin:hush@db/postgres' }, /^DATABASE_URL is not a PostgreSQL URL: write postgres:\/\/.*\n$/],
    [{ DATABASE_URL: 'mysql://admin:hush@db/postgres' }, /^DATABASE_URL is not a PostgreSQL URL/],
    [
      { NODE_ENV: 'production', ROWGATE_DEMO: '1', DATABASE_URL: 'postgres://admin:hush@127.0.0.1/x' },
      /^The demo data has public passwords: unset ROWGATE_DEMO in production\.\n$/
    ],
    [{ NODE_ENV: 'production' }, /^The database that comes along is not for production: set DATABASE_URL .*\n$/],
    [{}, /^The data folder .*\/data can't be used, a part of the path is a file: .*\n$/],
    [
      { DATABASE_URL: `postgres://admin:hush@127.0.0.1:${port}/postgres`, ROWGATE_DATA: `${t.context.ROWGATE_DATA}.d` },
      new RegExp(
        `^No PostgreSQL could be reached at 127\\.0\\.0\\.1:${port} \\(ECONNREFUSED\\): start it or correct DATABASE_URL\\.\n$`
      )
    ]
  ] as const) {
    const refused = await start({ ...t.context, ...env })
    t.is(await refused.exit, 1)
    t.regex(refused.output(), said)
    t.false(refused.output().includes('hush'))
  }
})

test('DATABASE_URL takes the place of the database that comes along', async t => {
  const cluster = await startCluster({
    directory: join(t.context.ROWGATE_DATA, '../external'),
    settings: { fsync: 'off' }
  })
  try {
    const wrong = new URL(cluster.url)
    wrong.password = 'hush'
    const refused = await start({ ...t.context, DATABASE_URL: wrong.href })
    t.is(await refused.exit, 1)
    t.regex(
      refused.output(),
      /^PostgreSQL at 127\.0\.0\.1:\d+ refuses the user "postgres": correct user and password in DATABASE_URL\.\n$/
    )

    // A database that is not there yet is made.
    const url = new URL(cluster.url)
    url.pathname = '/made'
    const started = await start({ ...t.context, DATABASE_URL: url.href })
    t.is(new URL(databaseUrl(t.context).stdout).pathname, '/made\n'.trim())
    t.is(new URL(databaseUrl(t.context).stdout).port, new URL(cluster.url).port)
    t.false(existsSync(join(t.context.ROWGATE_DATA, 'postgres')))
    t.false(started.output().includes('Demo'))
    started.signal('SIGINT')
    t.is(await started.exit, 0)
    t.is(await answers(cluster.url), 'postgres')

    // Another data folder has other generated passwords: those of the logins may be in use, and stay.
    const other = { ...t.context, ROWGATE_DATA: `${t.context.ROWGATE_DATA}.other`, DATABASE_URL: url.href }
    const stranger = await start(other)
    t.is(await stranger.exit, 1)
    t.regex(stranger.output(), /login rowgate_authenticator with another password.*set ROWGATE_API_PASSWORD/)
    const again = await start({ ...t.context, DATABASE_URL: url.href })
    t.regex(again.output(), /Rowgate runs at/)
    again.signal('SIGINT')
    t.is(await again.exit, 0)
  } finally {
    await cluster.stop()
  }
})

test('when the database ends under it, it says so and ends as well', async t => {
  const started = await start(t.context)
  const pid = Number(readFileSync(join(t.context.ROWGATE_DATA, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGQUIT')
  t.is(await started.exit, 1)
  t.regex(started.output(), /\nPostgreSQL ended unexpectedly: start again; its log is /)
  t.is(databaseUrl(t.context).status, 1)
})

test('db:url believes run.json only while its process lives and its database listens', async t => {
  mkdirSync(t.context.ROWGATE_DATA)
  const { port, free } = await takenPort()
  const dead = spawn('true')
  await once(dead, 'exit')
  const status = (pid: number) => {
    writeFileSync(
      join(t.context.ROWGATE_DATA, 'run.json'),
      JSON.stringify({ pid, databaseUrl: `postgres://me@127.0.0.1:${port}/rowgate` })
    )
    return databaseUrl(t.context).status
  }
  t.is(status(process.pid), 0)
  t.is(status(dead.pid!), 1)
  await free()
  t.is(status(process.pid), 1)
})
