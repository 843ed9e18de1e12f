import test from 'ava'
import { openJobs } from '../../helpers/job.ts'
import { found, type Organization } from '../../helpers/organization.ts'
import { refused } from '../../helpers/refusal.ts'
import { caughtUp, rollUp } from '../../helpers/rolled.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const ask = openJobs(test, stage)
type Company = Organization<'owner'>

const monthsAgo = (months: number) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15, 10)).toISOString()
}
const use = ({ id, ids }: Company, cost: number, months: number, user = ids.owner) =>
  stage.admin.query(
    `insert into app_public.usage_records
       (organization_id, user_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     values ($1, $4, 'openai', 'gpt-5', $2, 'USD', $2, 'USD', $3)`,
    [id, cost, monthsAgo(months), user]
  )
/** Nobody changed it just now. */
const settle = ({ id }: { id: string }) =>
  stage.admin.query(
    `alter table app_public.organizations disable trigger touch;
     update app_public.organizations set updated_at = now() - interval '1 hour' where id = '${id}';
     alter table app_public.organizations enable trigger touch`
  )
const retire = async ({ id }: Company) => (await ask<boolean>(id, 'select app_hidden.retire_usage()'))[0]
const close = async ({ id }: Company) => {
  while ((await ask<boolean>(id, 'select app_hidden.close_statement()'))[0]);
}
const drop = async () => (await ask<boolean>(null, 'select app_hidden.drop_usage_partitions()'))[0]
const purge = async ({ id }: Company, most = 2) => {
  while ((await ask<boolean>(id, `select app_hidden.purge_retired_usage(${most})`))[0]);
}
const roll = ({ id }: Company) => caughtUp(stage.admin, () => rollUp(stage.admin, id), id)
const records = ({ id }: Company) =>
  value<number>(stage, 'select count(*)::int from app_public.usage_records where organization_id = $1', [id])
/** What months, hours and people come to. */
const figures = async ({ people }: Company) => {
  const span = "now() - interval '50 months', now()"
  const { rows } = await people.owner(
    `select (select sum(cost)::text from app_public.usage_timeseries(${span}, 'month', 'model')) as months,
       (select sum(cost)::text from app_public.usage_timeseries(${span}, 'day', 'user')) as people,
       (select sum(cost)::text from app_public.usage_breakdown(${span})) as models,
       (select string_agg(total::text, ' ' order by number) from app_public.statements where total > 0) as stated`
  )
  return rows[0]!
}

/** On the free plan, which keeps 24 months: what is 40, 30 and 26 months old, 20, and of now. */
async function furnish() {
  const company = await found(stage, { owner: 'owner' }, undefined, 'free')
  for (const [cost, months] of [
    [1, 40],
    [2, 30],
    [4, 26],
    [8, 20],
    [16, 1]
  ] as const)
    await use(company, cost, months)
  return company
}
async function retired() {
  const company = await furnish()
  await roll(company)
  await close(company)
  await settle(company)
  await retire(company)
  return company
}

test.serial(
  'Usage that is older than the plan keeps it goes when it is rolled up and stated; its figures stay.',
  async t => {
    const company = await furnish()
    await settle(company)
    t.false(await retire(company), 'not rolled up')
    await roll(company)
    t.false(await retire(company), 'not stated')
    await close(company)
    const before = await figures(company)
    t.deepEqual(before, { months: '31', people: '31', models: '31', stated: '1 2 4 8 16' })
    t.true((await ask(null, 'select app_hidden.organizations_to_retire()')).includes(company.id))
    await stage.admin.query("update app_public.organizations set description = 'x' where id = $1", [company.id])
    t.false(await retire(company), 'changed just now')
    await settle(company)
    t.true(await retire(company))
    t.false(await retire(company), 'once')
    t.deepEqual(await figures(company), before)
    await purge(company)
    t.is(await records(company), 2)
    t.deepEqual(await figures(company), before)
    t.false((await ask(null, 'select app_hidden.organizations_to_retire()')).includes(company.id))
    const { rows } = await company.people.owner(
      "select sum(cost)::int as cost from app_public.usage_timeseries($1::timestamptz, $1::timestamptz + interval '1 hour', 'minute')",
      [monthsAgo(26)]
    )
    t.is(rows[0]!['cost'], 0, 'minutes are known for as long as the records are')
  }
)

test.serial('Figures stay when sums are made anew, in whatever zone, and what comes later is in them.', async t => {
  const company = await retired()
  const before = await figures(company)
  await purge(company)
  for (const zone of ['Asia/Kolkata', 'America/St_Johns', 'UTC']) {
    await stage.admin.query('update app_public.organizations set time_zone = $2 where id = $1', [company.id, zone])
    t.deepEqual(await figures(company), before, `${zone}, before they are made`)
    await roll(company)
    t.deepEqual(await figures(company), before, zone)
    await stage.admin.query('select app_hidden.rebuild_usage($1)', [company.id])
    t.deepEqual(await figures(company), before, 'forgotten once more')
    await roll(company)
    await close(company)
    t.deepEqual(await figures(company), before, 'and made')
  }
  // Past every verb.
  await use(company, 100, 30)
  t.is((await figures(company))['months'], '131')
  await roll(company)
  t.is((await figures(company))['months'], '131')
  await stage.admin.query('select app_hidden.rebuild_usage($1)', [company.id])
  await roll(company)
  t.is((await figures(company))['months'], '131')
  await purge(company)
  t.is((await figures(company))['months'], '131')
  t.is(await records(company), 2)
})

test.serial(
  'A restored database, whose transactions count from the beginning, keeps the sums that have no records.',
  async t => {
    const company = await retired()
    const before = await figures(company)
    await purge(company)
    await stage.admin.query(
      'update app_private.rollup_marks set written_in = 9e15, kept_in = 9e15 where organization_id = $1',
      [company.id]
    )
    t.deepEqual(await figures(company), before)
    t.false(await retire(company))
    await roll(company)
    t.deepEqual(await figures(company), before)
  }
)

test.serial(
  'What is no longer kept is charged no second time, and nothing is booked there, even if the plan keeps more now.',
  async t => {
    const company = await furnish()
    const book = (key: string, at: string) =>
      company.people.owner("select from app_public.record_usage($1, 's', 'm', 1, occurred_at => $2)", [key, at])
    await book('old', monthsAgo(22))
    await company.people.owner("select from app_public.authorize_usage('held', 's', 'm', 1)")
    await stage.admin.query(
      `update app_public.usage_records set occurred_at = $2 where organization_id = $1 and model = 'm';
     `.trim(),
      [company.id, monthsAgo(25)]
    )
    await stage.admin.query(
      'update app_private.idempotency_keys set occurred_at = $2 where organization_id = $1 and hold_id is null',
      [company.id, monthsAgo(25)]
    )
    await stage.admin.query(
      "update app_public.usage_holds set created_at = $2, status = 'released' where organization_id = $1",
      [company.id, monthsAgo(25)]
    )
    await stage.admin.query('update app_private.hold_lines set open = false where organization_id = $1', [company.id])
    const repeated = await book('old', monthsAgo(22))
    t.is(repeated.rowCount, 1, 'the control: it answers the same record')
    await roll(company)
    await close(company)
    await settle(company)
    t.true(await retire(company))
    await purge(company)
    t.is(
      await value(stage, 'select count(*)::int from app_public.usage_holds where organization_id = $1', [company.id]),
      0
    )
    await refused(t, stage, () => book('old', monthsAgo(22)), 'USAGE_TOO_OLD')
    await refused(
      t,
      stage,
      () => company.people.owner("select from app_public.authorize_usage('held', 's', 'm', 1)"),
      'USAGE_TOO_OLD'
    )
    await refused(t, stage, () => book('new', monthsAgo(26)), 'USAGE_TOO_OLD')
    await stage.admin.query(
      "update app_public.organizations set plan = 'enterprise', retention_months = 60 where id = $1",
      [company.id]
    )
    await refused(t, stage, () => book('new', monthsAgo(26)), 'USAGE_TOO_OLD')
    await book('new', monthsAgo(22))
  }
)

test.serial('Late usage is taken for no longer than the plan keeps it.', async t => {
  const { people, id } = await found(stage, { owner: 'owner' }, undefined, 'free')
  const months = () => value<number>(stage, 'select retention_months from app_public.organizations where id = $1', [id])
  await refused(
    t,
    stage,
    () => people.owner('select app_public.update_metering(retention_months => 25)'),
    'INVALID_INPUT'
  )
  await people.owner("select app_public.change_plan('pro')")
  await people.owner('select app_public.update_metering(retention_months => 36)')
  t.is(await months(), 36)
  await people.owner("select app_public.change_plan('basic')")
  t.is(await months(), 24)
  await stage.admin.query("update app_public.plans set retention_months = 3 where name = 'basic'")
  t.is(await months(), 3)
  await stage.admin.query("update app_public.plans set retention_months = 24 where name = 'basic'")
})

test.serial('A new budget without end starts with what there are no records of any more.', async t => {
  const company = await retired()
  await purge(company)
  const { rows } = await company.people.owner(
    "select id from app_public.create_budget(limit_amount => 1000, period => 'total')"
  )
  const { rows: status } = await company.people.owner('select settled::text from app_public.budget_status($1)', [
    rows[0]!['id']
  ])
  t.is(status[0]!['settled'], '31')
})

test.serial(
  'A month goes as a whole when nobody needs it, and not before: by plan, by what is rolled up, by who reads.',
  async t => {
    // Nobody else's usage.
    await stage.admin.query('truncate app_public.usage_records')
    const parts = async () =>
      value<number>(
        stage,
        `select count(*)::int from pg_inherits where inhparent = 'app_public.usage_records'::regclass`
      )
    const before = await parts()
    const company = await retired()
    const other = await found(stage, { owner: 'owner' })
    await stage.admin.query(
      `create table app_private.usage_records_1 (like app_public.usage_records including defaults including constraints);
     alter table app_private.usage_records_1 enable row level security, force row level security;
     alter table app_private.usage_records_1 owner to rowgate_owner`
    )
    // Into a partition of their own: what is 26 months old and more.
    const border = monthsAgo(25)
    await stage.admin.query('alter table app_public.usage_records detach partition app_private.usage_records_past')
    await stage.admin.query(
      `insert into app_private.usage_records_1 select * from app_private.usage_records_past where occurred_at < '${border}'`
    )
    await stage.admin.query(`delete from app_private.usage_records_past where occurred_at < '${border}'`)
    await stage.admin.query(
      `alter table app_public.usage_records attach partition app_private.usage_records_1 for values from (minvalue) to ('${border}')`
    )
    await stage.admin.query(
      `alter table app_public.usage_records attach partition app_private.usage_records_past for values from ('${border}') to (date_trunc('month', now() at time zone 'UTC') at time zone 'UTC')`
    )
    const figured = await figures(company)
    t.is(await parts(), before + 1)

    await use(other, 5, 30)
    await drop()
    t.is(await parts(), before + 1, 'another plan keeps it')
    await stage.admin.query('delete from app_public.usage_records where organization_id = $1', [other.id])
    await use(company, 7, 30)
    await drop()
    t.is(await parts(), before + 1, 'it is not rolled up')
    await roll(company)
    const reader = await stage.admin.connect()
    await reader.query('begin')
    await reader.query('select count(*) from app_public.usage_records')
    t.false(await drop())
    t.is(await parts(), before + 1, 'somebody reads')
    await reader.query('rollback')
    reader.release()
    await Promise.all([drop(), drop(), drop()])
    t.true(await drop())
    t.is(await parts(), before)
    t.is(await records(company), 2)
    t.is((await figures(company))['months'], String(Number(figured['months']) + 7))
    t.true(await drop(), 'twice')
  }
)

test.serial('A job deletes nothing of another organization, and no request deletes anything.', async t => {
  const company = await retired()
  const other = await retired()
  await purge(other)
  t.deepEqual([await records(company), await records(other)], [5, 2])
  for (const call of ['retire_usage()', 'purge_retired_usage(10)', 'organizations_to_retire()'])
    await refused(t, stage, () => company.people.owner(`select app_hidden.${call}`), 'no grant')
})
