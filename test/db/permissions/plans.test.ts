import test from 'ava'
import { openDatabase } from '../../helpers/database.ts'
import { hold } from '../../helpers/held.ts'
import { personas } from '../../helpers/personas.ts'
import { makeWorld } from '../../helpers/world.ts'

const rows = 3000

test('no policy calls a function for each row, however many rows there are', async t => {
  const database = await openDatabase()
  const { asUser, close } = personas(database)
  t.teardown(async () => {
    await close()
    await database.close()
  })
  const { admin } = database
  const world = await makeWorld(database)
  await admin.query(
    `insert into app_public.usage_records (organization_id, team_id, user_id, service, model, cost, currency, charged, charged_currency)
     select $1, $2, $3, 's', 'm', 1, 'USD', 1, 'USD' from generate_series(1, ${rows})`,
    [world.acme, world.teams.backend, world.people.member]
  )
  await admin.query(
    `insert into app_public.teams (organization_id, name) select $1, 'team ' || n from generate_series(1, ${rows}) as n`,
    [world.acme]
  )
  await admin.query(
    `with person as (
       insert into app_public.users (email, name) select 'p' || n || '@example.com', 'p' from generate_series(1, ${rows}) as n returning id
     )
     insert into app_public.members (organization_id, user_id, role) select $1, id, 'viewer' from person`,
    [world.acme]
  )
  const name = new URL(database.url).pathname.slice(1)
  await admin.query(`alter role rowgate_authenticator in database ${name} set track_functions = 'all'`)

  const lead = await asUser(world.people.lead)
  const owner = await asUser(world.people.owner)
  for (const [who, sql, least] of [
    [owner, 'select count(*)::int from app_public.usage_records', rows],
    [lead, 'select count(*)::int from app_public.usage_records', rows],
    [owner, 'select count(*)::int from app_public.teams', rows],
    [owner, 'select count(*)::int from app_public.members', rows],
    [owner, 'select count(*)::int from app_public.users', rows],
    [
      owner,
      "with changed as (update app_public.teams set description = 'x' returning 1) select count(*)::int from changed",
      rows
    ]
  ] as const) {
    const held = await hold(database, who.is)
    const calls = async () =>
      (
        await held.query(
          `select coalesce(sum(pg_stat_get_xact_function_calls(oid)), 0)::int as calls from pg_proc
           where pronamespace = 'app_hidden'::regnamespace and prosecdef`
        )
      ).rows[0]!['calls'] as number
    const before = await calls()
    t.true((await held.query(sql)).rows[0]!['count'] >= least, sql)
    const made = (await calls()) - before
    t.true(made > 0 && made <= 20, `${sql}: ${made} calls`)
    await held.rollback()
  }
})
