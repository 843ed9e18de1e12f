import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { startCluster } from './cluster.ts'
import { migrate, withDatabase } from './migrate.ts'

// `npm run db:commit`, `db:uncommit` and `db:recut`: graphile-migrate's own commands on a throw-away cluster, so that
// changing a migration needs no database of one's own. "recut" takes the newest committed migration back and commits
// it again with today's fixtures, which is how the schema is changed until 1.0.

const commands: Record<string, string[][]> = {
  commit: [['commit']],
  uncommit: [['uncommit']],
  recut: [['uncommit'], ['reset', '--erase'], ['commit']]
}
const tool = fileURLToPath(import.meta.resolve('graphile-migrate/dist/cli.js'))
const current = `${import.meta.dirname}/current.sql`
const directory = await mkdtemp(`${tmpdir()}/rowgate-commit-`)
const cluster = await startCluster({ directory, settings: { fsync: 'off' } })
try {
  const { databaseUrl } = await migrate({ adminUrl: cluster.url, database: 'rowgate' })
  for (const command of commands[process.argv[2] ?? 'commit'] ?? []) {
    const before = await readFile(current)
    const child = spawn(process.execPath, [tool, ...command], {
      stdio: 'inherit',
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        SHADOW_DATABASE_URL: withDatabase(cluster.url, 'rowgate_shadow'),
        ROOT_DATABASE_URL: withDatabase(cluster.url, 'template1')
      }
    })
    const [code] = await once(child, 'exit')
    if (code !== 0) {
      // A failed commit leaves the includes expanded.
      await writeFile(current, before)
      throw new Error(`graphile-migrate ${command.join(' ')} failed`)
    }
  }
  // It makes them readable by their owner alone; git would not say so.
  for await (const file of glob('committed/*.sql', { cwd: import.meta.dirname })) {
    await chmod(`${import.meta.dirname}/${file}`, 0o644)
  }
} finally {
  await cluster.stop()
  await rm(directory, { recursive: true, force: true })
}
