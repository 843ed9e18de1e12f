import test from 'ava'
import pg from 'pg'
import { openJobs } from '../../helpers/job.ts'
import { found } from '../../helpers/organization.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const ask = openJobs(test, stage)
const prepare = async () => (await ask<number>(null, 'select app_hidden.prepare_usage_partitions()'))[0]

const monthOf = (ahead: number) => {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead))
  return `app_private.usage_records_${month.toISOString().slice(0, 7).replace('-', '_')}`
}
const parts = async (): Promise<string[]> =>
  (
    await stage.admin.query(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'app_public.usage_records'::regclass order by 1`
    )
  ).rows.map(({ name }) => name)
const usual = () =>
  [...[0, 1, 2].map(monthOf), 'app_private.usage_records_past', 'app_private.usage_records_rest'].sort()
const drop = (name: string) => stage.admin.query(`drop table ${name}`)
const placeOf = (key: string) =>
  value<string>(
    stage,
    `select records.tableoid::regclass::text from app_public.usage_records as records
       join app_private.idempotency_keys as keys on keys.usage_record_id = records.id
     where key_hash = sha256(convert_to($1, 'UTF8'))`,
    [key]
  )

test.serial(
  'This month, the next two, what was before, and the rest: made by migrating, and again by nobody.',
  async t => {
    t.deepEqual(await parts(), usual())
    t.is(await prepare(), 0)
    t.deepEqual(await parts(), usual())
  }
)

test.serial('What is missing is made by the worker, once however many try, like the others.', async t => {
  const shape = `
    select array_agg(format('%s %s', indexrelid::regclass::text !~ 'never', pg_get_indexdef(indexrelid)) order by 1)::text from pg_index
    where indrelid = $1::regclass`
  const normal = (text: string) => text.replaceAll(/\d{4}_\d\d/g, 'M')
  const before = await value<string>(stage, shape, [monthOf(1)])
  const constraints = `select string_agg(pg_get_constraintdef(oid), ';' order by conname) from pg_constraint where conrelid = $1::regclass`
  const rules = await value<string>(stage, constraints, [monthOf(1)])
  await drop(monthOf(1))
  await drop(monthOf(2))
  const made = await Promise.all(Array.from({ length: 6 }, prepare))
  t.is(
    made.reduce((sum, count) => sum! + count!)!,
    2
  )
  t.deepEqual(await parts(), usual())
  t.is(normal(await value<string>(stage, shape, [monthOf(1)])), normal(before))
  t.is(await value<string>(stage, constraints, [monthOf(1)]), rules)
  t.true(
    await value<boolean>(
      stage,
      'select relrowsecurity and relforcerowsecurity from pg_class where oid = $1::regclass',
      [monthOf(2)]
    )
  )
  t.is(
    await value<string>(stage, 'select relowner::regrole::text from pg_class where oid = $1::regclass', [monthOf(2)]),
    'rowgate_owner'
  )
})

test.serial('Without a partition usage is booked all the same, and its month stays where it began.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const book = (key: string) => people.owner("select from app_public.record_usage($1, 's', 'm', 1)", [key])
  await stage.admin.query('truncate app_public.usage_records')
  await book('in its month')
  t.is(await placeOf('in its month'), monthOf(0), 'the control')
  await drop(monthOf(0))
  await book('in the rest')
  t.is(await placeOf('in the rest'), 'app_private.usage_records_rest')
  await drop(monthOf(2))
  t.is(await prepare(), 1, 'the month to come')
  await book('and on')
  t.is(await placeOf('and on'), 'app_private.usage_records_rest')
  t.is((await people.owner('select from app_public.usage_records')).rowCount, 2)
  await stage.admin.query('truncate app_public.usage_records')
  t.is(await prepare(), 1)
  t.deepEqual(await parts(), usual())
})

test.serial('It waits for nobody: whoever has the table open is left alone, and the next run makes it.', async t => {
  const reader = new pg.Client({ connectionString: stage.database.url })
  await reader.connect()
  t.teardown(() => reader.end())
  await drop(monthOf(2))
  await reader.query('begin')
  await reader.query('select count(*) from app_public.usage_records')
  t.is(await prepare(), 0)
  t.false((await parts()).includes(monthOf(2)))
  // Whoever only writes into a month keeps nothing from being made.
  await reader.query('rollback')
  await reader.query('begin')
  await reader.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency)
     values ($1, 's', 'm', 1, 'USD', 1, 'USD')`,
    [stage.world.acme]
  )
  t.is(await prepare(), 1)
  await reader.query('rollback')
  t.deepEqual(await parts(), usual())
})

test.serial('No request may make or drop any.', async t => {
  for (const verb of ['prepare_usage_partitions', 'drop_usage_partitions']) {
    for (const name of ['owner', 'key', 'anonymous'] as const)
      await refused(t, stage, () => stage.cast[name](`select app_hidden.${verb}()`), 'no grant')
  }
})
