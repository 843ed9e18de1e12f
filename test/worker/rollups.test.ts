import test from 'ava'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { workerConfig } from '../helpers/worker.ts'
import { makeWorld } from '../helpers/world.ts'

test('The worker rolls up the usage of every organization, and again what comes later.', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const { admin } = database
  const world = await makeWorld(database)
  await admin.query('delete from app_public.usage_rollups')
  const worker = await startWorker(workerConfig(database), pino({ level: 'silent' }))
  t.teardown(() => worker.close())
  const sums = async () => {
    await worker.rollUp()
    const { rows } = await admin.query(
      `select organization_id as id, sum(records)::int as records from app_public.usage_rollups
       where whole and grain = 'hour' group by 1 order by 2 desc`
    )
    return rows
  }
  while ((await sums()).length < 2);
  t.deepEqual(await sums(), [
    { id: world.acme, records: 4 },
    { id: world.other, records: 1 }
  ])
  await admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency)
     values ($1, 'openai', 'gpt-5', 1, 'USD', 1, 'USD')`,
    [world.acme]
  )
  // What any transaction of the whole server began before waits until that has ended.
  let [acme] = await sums()
  while (acme.records === 4) [acme] = await sums()
  t.deepEqual(acme, { id: world.acme, records: 5 })
})
