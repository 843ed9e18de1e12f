import { readFile } from 'node:fs/promises'
import pg from 'pg'

export interface DemoSummary {
  people: { email: string; password: string; role: string }[]
  /** TechCorp's. */
  apiKey: string
}

const summary: DemoSummary = {
  people: [
    { email: 'john@techcorp.example', password: 'rowgate-demo', role: 'owner of TechCorp' },
    { email: 'jane@techcorp.example', password: 'rowgate-demo', role: 'admin of TechCorp' },
    { email: 'alice@techcorp.example', password: 'rowgate-demo', role: 'member of TechCorp, owner of Digital Agency' },
    { email: 'bob@startupio.example', password: 'rowgate-demo', role: 'owner of StartupIO' }
  ],
  apiKey: 'rg_9f1ca579b4c6b6c82db3f37e0f5864fad2e87059403b08a8305608302a3df2c7'
}

/**
 * Loads db/demo.sql, unless it is there already. Its passwords and keys are public: never call it in production.
 * @param databaseUrl of a superuser, because rows are written past the policies.
 */
export async function loadDemo({ databaseUrl }: { databaseUrl: string }): Promise<DemoSummary> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(await readFile(`${import.meta.dirname}/demo.sql`, 'utf8'))
  } finally {
    await client.end()
  }
  return summary
}
