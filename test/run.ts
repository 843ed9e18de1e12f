import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { startCluster } from '../db/cluster.ts'
import { migrate } from '../db/migrate.ts'
import { buildConsole } from '../server/start/console.ts'
import { passwords } from './helpers/passwords.ts'
import { isMissing, suites, type Suite } from './suites.ts'

// What `npm test` runs: each suite on a throw-away cluster with a migrated template, which every test file clones for
// itself. Arguments go to ava, on the first suite's cluster: `npm test -- test/db/tenancy` runs a part.

const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' }
// In CI nothing may be left out.
const complete = process.env['ROWGATE_ALL_SUITES'] === '1'
/** Ctrl-C means all suites, not the one that runs. */
let interrupted = false

async function runSuite({ name, programs, managed = false }: Suite, files: string[]): Promise<number> {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-test-`)
  const cluster = await startCluster({ directory, settings, programs })
  try {
    const adminUrl = managed ? await makeManager(cluster.url) : cluster.url
    const { databaseUrl } = await migrate({ adminUrl, database: 'rowgate_template', ...passwords })
    console.log(`\n  Suite: ${name} (${await versionOf(databaseUrl)})`)
    const ava = spawn('ava', files, {
      stdio: 'inherit',
      env: {
        ...process.env,
        ROWGATE_TEST_CLUSTER: cluster.url,
        ROWGATE_TEST_LEVEL: managed ? 'managed' : 'full',
        NODE_ENV: 'test'
      }
    })
    const stop = (signal: NodeJS.Signals) => {
      interrupted = true
      ava.kill(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
    const [code, signal] = await once(ava, 'exit')
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
    if (code !== 0) console.log(`  The suite "${name}" ended with ${signal ?? code}.`)
    return code ?? 1
  } finally {
    await cluster.stop('immediate')
    await rm(directory, { recursive: true, force: true })
  }
}

/** What a managed PostgreSQL gives its customer: a role that may create roles and databases, and is no superuser. */
async function makeManager(superuserUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  await client.query("create role manager login createrole createdb password 'manager'")
  await client.end()
  const url = new URL(superuserUrl)
  url.username = 'manager'
  url.password = 'manager'
  return url.href
}

async function versionOf(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query('show server_version')
  await client.end()
  return rows[0].server_version
}

const files = process.argv.slice(2)
// Once: what starts Rowgate finds it built.
await buildConsole(console.log)
if (files.length > 0) {
  process.exitCode = await runSuite(suites[Number(process.env['SUITE'] ?? 0)]!, files)
} else {
  for (const suite of suites) {
    if (interrupted) break
    if (isMissing(suite)) {
      console.log(`\n  Not run: ${suite.name}. It needs ${suite.needs?.file}: ${suite.needs?.install}\n`)
      if (complete) process.exitCode = 1
      continue
    }
    if ((await runSuite(suite, suite.files)) !== 0) process.exitCode = 1
  }
}
