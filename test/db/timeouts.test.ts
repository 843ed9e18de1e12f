import test from 'ava'
import pg from 'pg'
import { openStage } from '../helpers/stage.ts'

const stage = openStage(test)

test('Both logins have a limit for statements, locks and idle transactions, whatever role they switch to.', async t => {
  const { apiUrl, workerUrl } = stage.database
  const cases = [
    [apiUrl, 'rowgate_user', ['10s', '5s', '10s']],
    [workerUrl, 'rowgate_job', ['1min', '10s', '1min']]
  ] as const
  for (const [connectionString, role, limits] of cases) {
    const client = new pg.Client({ connectionString })
    await client.connect()
    await client.query(`begin; set local role ${role}`)
    const shown = []
    for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) {
      shown.push((await client.query(`show ${name}`)).rows[0][name])
    }
    await client.end()
    t.deepEqual(shown, limits)
  }
})
