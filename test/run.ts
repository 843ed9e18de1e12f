import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { startCluster } from '../db/cluster.ts'
import { migrate } from '../db/migrate.ts'
import { passwords } from './helpers/passwords.ts'

// What `npm test` runs: one throw-away cluster with a migrated template, which every test file clones for itself.
// Arguments go to ava, so `npm test -- test/db/tenancy` runs a part.

const directory = await mkdtemp(`${tmpdir()}/rowgate-test-`)
const cluster = await startCluster({
  directory,
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' }
})
let code = 1
try {
  await migrate({ adminUrl: cluster.url, database: 'rowgate_template', ...passwords })
  const ava = spawn('ava', process.argv.slice(2), {
    stdio: 'inherit',
    env: { ...process.env, ROWGATE_TEST_CLUSTER: cluster.url, NODE_ENV: 'test' }
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ava.kill(signal))
  code = (await once(ava, 'exit'))[0] ?? 1
} finally {
  await cluster.stop('immediate')
  await rm(directory, { recursive: true, force: true })
}
process.exitCode = code
