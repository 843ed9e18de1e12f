import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { makeSchema } from 'postgraphile'
import { makePreset } from '../server/graphile.config.ts'
import { BudgetWatch } from '../server/live.ts'
import { createPool } from '../server/pg.ts'
import { startCluster } from './cluster.ts'
import { migrate } from './migrate.ts'

/** The whole API as text, sorted, so that a change of a table shows as a change of the API. */
export async function printApi(apiUrl: string): Promise<string> {
  const pool = createPool({ connectionString: apiUrl, max: 1 })
  try {
    const watch = new BudgetWatch(pool)
    const vocabulary = { errors: new Map(), rules: new Map() }
    const { schema } = await makeSchema(makePreset({ pool, watch, vocabulary, production: true, introspection: false }))
    return `${printSchema(lexicographicSortSchema(schema))}\n`
  } finally {
    await pool.end()
  }
}

if (import.meta.main) {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-schema-`)
  const cluster = await startCluster({ directory, settings: { fsync: 'off' } })
  try {
    const { apiUrl } = await migrate({ adminUrl: cluster.url, database: 'rowgate', apiPassword: 'only here' })
    await writeFile(`${import.meta.dirname}/schema.graphql`, await printApi(apiUrl))
  } finally {
    await cluster.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
