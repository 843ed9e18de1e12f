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
  apiKey: 'rg_test_BdeEQf74CbBd_wALTXXvg5ZgY4xveO2zP2C5uOuLa2aKYdc0HTz3Zka324zCCR'
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
