import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const owner = { owner: 'owner' } as const
const change = 'select * from app_public.change_plan($1)'
const createTeam = 'select app_public.create_team($1)'
const createKey = 'select (app_public.create_api_key($1)).api_key.id'
const agree = (...values: unknown[]) => stage.admin.query('select app_hidden.set_plan_override($1, $2, $3)', values)
const quota = async (persona: (sql: string) => Promise<{ rows: any[] }>) =>
  Object.fromEntries(
    (
      await persona(
        'select resource, limit_amount, used, remaining, over, resets_at is not null as resets from app_public.quota()'
      )
    ).rows.map(({ resource, limit_amount, used, remaining, over, resets }) => [
      resource,
      [limit_amount, used, remaining, over, resets]
    ])
  )

test.serial('The plans are there to read: what each costs and holds.', async t => {
  const { rows } = await stage.cast.nobody('select * from app_public.plans order by rank')
  t.deepEqual(
    rows.map(({ name, price, currency, seats, storage_bytes, api_calls }) => [
      name,
      price,
      currency,
      seats,
      storage_bytes,
      api_calls
    ]),
    [
      ['free', '0', 'USD', '5', '1073741824', '1000'],
      ['basic', '99', 'USD', '20', '10737418240', '10000'],
      ['pro', '299', 'USD', '50', '53687091200', '50000'],
      ['enterprise', null, 'USD', null, null, null]
    ]
  )
})

test.serial('Who creates an organization begins on the free plan, and its quota says what there is.', async t => {
  await stage.cast.nobody("select app_public.create_organization('Small', 'small')")
  const persona = await stage.asUser(stage.world.people.nobody)
  t.deepEqual(await quota(persona), {
    seats: ['5', '1', '4', '0', false],
    storage: ['1073741824', '0', '1073741824', '0', false],
    api_calls: ['1000', '0', '1000', '0', true],
    teams: ['3', '0', '3', '0', false],
    api_keys: ['3', '0', '3', '0', false]
  })
  await persona(change, ['enterprise'])
  t.deepEqual((await quota(persona))['api_calls'], [null, '0', null, '0', true])
})

test.serial(
  'What a plan does not hold is refused with limit, use and plan, and fits again after an upgrade.',
  async t => {
    const { people, id } = await found(stage, owner, undefined, 'free')
    for (const n of [1, 2, 3]) await people.owner(createTeam, [`Team ${n}`])
    for (const n of [1, 2, 3]) await people.owner(createKey, [`Key ${n}`])
    for (const n of [1, 2, 3, 4]) await join(id, n)
    const late = await person('late')
    const refusals: [string, unknown[], string, number][] = [
      [createTeam, ['Team 4'], 'teams', 3],
      [createKey, ['Key 4'], 'api_keys', 3],
      ['select app_public.add_member($1)', [late], 'seats', 5]
    ]
    for (const [sql, values, resource, limit] of refusals) {
      const error = await refused(t, stage, () => people.owner(sql, values), 'QUOTA_EXCEEDED')
      t.is(error.code, 'RG402')
      t.like(detail(error), { resource, limit, used: limit, plan: 'free' })
      t.regex(detail(error)['remedy'], /changePlan/)
    }
    await people.owner(change, ['basic'])
    for (const [sql, values] of refusals) t.is(await outcome(people.owner(sql, values)), '1 row')
  }
)

test.serial('What is deleted, revoked or left makes room.', async t => {
  const { people, id, ids } = await found(stage, { owner: 'owner', guest: 'viewer' }, undefined, 'free')
  const team = (await people.owner(`${createTeam} as row`, ['A'])).rows[0]!['row']
  for (const name of ['B', 'C']) await people.owner(createTeam, [name])
  await refused(t, stage, () => people.owner(createTeam, ['D']), 'QUOTA_EXCEEDED')
  await people.owner('select app_public.delete_team(($1::app_public.teams).id)', [team])
  t.is(await outcome(people.owner(createTeam, ['D'])), '1 row')

  const key = (await people.owner(createKey, ['A'])).rows[0]!['id']
  for (const name of ['B', 'C']) await people.owner(createKey, [name])
  await refused(t, stage, () => people.owner(createKey, ['D']), 'QUOTA_EXCEEDED')
  await people.owner('select app_public.revoke_api_key($1)', [key])
  t.is(await outcome(people.owner(createKey, ['D'])), '1 row')

  for (const n of [1, 2, 3]) await join(id, n)
  const late = await person('leaver')
  const add = () => people.owner('select app_public.add_member($1)', [late])
  await refused(t, stage, add, 'QUOTA_EXCEEDED')
  await people.owner('select app_public.remove_member($1)', [ids.guest])
  t.is(await outcome(add()), '1 row')
})

test.serial('Going down needs everything to fit; what does not is listed, with limit and use.', async t => {
  const { people, id } = await found(stage, owner, undefined, 'pro')
  for (const n of [1, 2, 3, 4]) await people.owner(createTeam, [`Team ${n}`])
  await people.owner('select app_public.report_storage($1)', [2 ** 30 + 1])
  await people.owner("select app_public.record_usage('once', 's', 'm', 1, requests => 1001)")
  const error = await refused(t, stage, () => people.owner(change, ['free']), 'PLAN_TOO_SMALL')
  t.is(error.code, 'RG409')
  t.like(detail(error), {
    plan: 'free',
    exceeded: [
      { resource: 'storage', limit: 2 ** 30, used: 2 ** 30 + 1 },
      { resource: 'api_calls', limit: 1000, used: 1001 },
      { resource: 'teams', limit: 3, used: 4 }
    ]
  })
  t.is((await people.owner(change, ['basic'])).rows[0]!['plan'], 'basic', 'what fits goes down at once')
  t.is(await value(stage, 'select plan from app_public.organizations where id = $1', [id]), 'basic')
})

test.serial('The platform changes a plan by the same rules, and nobody else does.', async t => {
  const { people, id } = await found(stage, owner, undefined, 'pro')
  await people.owner('select app_public.report_storage($1)', [2 ** 30 + 1])
  const set = (plan: string) => stage.admin.query('select app_hidden.set_plan($1, $2)', [id, plan])
  await refused(t, stage, () => set('free'), 'PLAN_TOO_SMALL')
  await set('basic')
  t.is(await value(stage, 'select plan from app_public.organizations where id = $1', [id]), 'basic')
  t.is(await outcome(people.owner('select app_hidden.set_plan($1, $2)', [id, 'enterprise'])), 'no grant')
})

test.serial('Who has too much already may still go up.', async t => {
  const { people } = await found(stage, owner, undefined, 'free')
  await people.owner('select app_public.report_storage($1)', [20 * 2 ** 30])
  t.deepEqual((await quota(people.owner))['storage'], ['1073741824', '21474836480', '0', '20401094656', false])
  await people.owner(change, ['basic'])
  t.deepEqual((await quota(people.owner))['storage']!.slice(2, 4), ['0', '10737418240'])
  await refused(t, stage, () => people.owner(change, ['free']), 'PLAN_TOO_SMALL')
})

test.serial('A limit that was agreed with an organization counts for it, on that plan alone.', async t => {
  const { people, id } = await found(stage, owner)
  const other = await found(stage, owner)
  await agree(id, 'teams', 1)
  await agree(id, 'api_calls', 2)
  await people.owner(createTeam, ['A'])
  t.like(detail(await refused(t, stage, () => people.owner(createTeam, ['B']), 'QUOTA_EXCEEDED')), {
    limit: 1,
    plan: 'enterprise'
  })
  t.deepEqual((await quota(people.owner))['api_calls'], ['2', '0', '2', '0', true])
  t.deepEqual((await quota(other.people.owner))['teams'], [null, '0', null, '0', false], 'nobody else')
  await people.owner(change, ['pro'])
  t.deepEqual((await quota(people.owner))['teams'], ['50', '1', '49', '0', false])
  await people.owner(change, ['enterprise'])
  await stage.admin.query("select app_hidden.reset_plan_override($1, 'teams')", [id])
  t.is(await outcome(people.owner(createTeam, ['B'])), '1 row')
  await agree(id, 'teams', null)
  t.deepEqual((await quota(people.owner))['teams'], [null, '2', null, '0', false])
})

test.serial(
  'The latest measurement of a source counts, in whatever order it comes; reporting is never refused.',
  async t => {
    const { people } = await found(stage, owner, undefined, 'free')
    const report = async (bytes: number, source: string, at: string) =>
      (await people.owner('select used, over from app_public.report_storage($1, $2, $3)', [bytes, source, at])).rows[0]
    t.deepEqual(await report(500, 'a', '2026-01-02T00:00Z'), { used: '500', over: '0' })
    t.deepEqual(await report(900, 'a', '2026-01-01T00:00Z'), { used: '500', over: '0' }, 'late')
    t.deepEqual(await report(500, 'a', '2026-01-02T00:00Z'), { used: '500', over: '0' }, 'again')
    t.deepEqual(await report(2 ** 30, 'b', '2026-01-01T00:00Z'), { used: '1073742324', over: '500' }, 'two sources')
    t.deepEqual(await report(0, 'b', '2026-01-03T00:00Z'), { used: '500', over: '0' }, 'absolute, not added')
  }
)

test.serial('There are at most 1,000 sources; those that there are can still report.', async t => {
  const { id, people } = await found(stage, owner)
  await stage.admin.query(
    `insert into app_public.storage_use (organization_id, source, bytes, measured_at)
     select $1, 'source ' || n, 1, '2026-01-01' from generate_series(1, 999) as n`,
    [id]
  )
  const report = (source: string) => outcome(people.owner('select from app_public.report_storage(2, $1)', [source]))
  t.is(await report('source 1000'), '1 row')
  t.is(await report('source 1001'), 'INVALID_INPUT')
  t.is(await report('source 1'), '1 row')
})

test.serial('Of two measurements of one instant the larger one counts, whichever comes first.', async t => {
  const { people } = await found(stage, owner)
  const report = async (bytes: number, source: string) =>
    (await people.owner("select used from app_public.report_storage($1, $2, '2026-01-01T00:00Z')", [bytes, source]))
      .rows[0]!['used']
  await report(1, 'a')
  await report(2, 'a')
  await report(2, 'b')
  t.is(await report(1, 'b'), '4')
})

async function person(name: string): Promise<string> {
  return value(
    stage,
    "insert into app_public.users (email, name, email_verified_at) values ($1 || '@late.example', $1, now()) returning email",
    [name]
  )
}

async function join(organizationId: string, n: number): Promise<void> {
  await stage.admin.query(
    `with person as (
       insert into app_public.users (email, name) values (left($1, 36) || '-' || $2 || '@seats.example', 'Guest') returning id
     )
     insert into app_public.members (organization_id, user_id, role) select $1::uuid, id, 'viewer' from person`,
    [organizationId, n]
  )
}
