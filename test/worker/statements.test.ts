import test from 'ava'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { workerConfig } from '../helpers/worker.ts'
import { makeWorld } from '../helpers/world.ts'

test('The worker closes what is over, for every organization, and each month once however often it is told.', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const { admin } = database
  const world = await makeWorld(database)
  await admin.query('delete from app_public.statements')
  await admin.query("update app_public.usage_records set occurred_at = now() - interval '70 days'")
  const worker = await startWorker(workerConfig(database), pino({ level: 'silent' }))
  t.teardown(() => worker.close())
  await admin.query("select graphile_worker.add_job('analytics/statements') from generate_series(1, 4)")
  for (let jobs = 1; jobs > 0;) {
    jobs = (await admin.query('select count(*)::int as jobs from graphile_worker._private_jobs')).rows[0].jobs
  }
  const { rows } = await admin.query(
    `select organization_id as id, sum(total)::int as total, count(*) = count(distinct starts_at) as once, min(number) as first
     from app_public.statements group by 1 order by 2 desc`
  )
  t.deepEqual(rows, [
    { id: world.acme, total: 4, once: true, first: 1 },
    { id: world.other, total: 1, once: true, first: 1 }
  ])
})
