import test from 'ava'
import { monitor, minuteAgo, served } from '../../helpers/monitor.ts'
import { found } from '../../helpers/organization.ts'
import { outcome } from '../../helpers/refusal.ts'
import { openStage, value, type PersonaName } from '../../helpers/stage.ts'
import { unknownId } from '../../helpers/verbs.ts'

const stage = openStage(test)
const roles = { owner: 'owner', member: 'member' } as const

const minutesOf = async (organizationId: string) =>
  (
    await stage.admin.query('select * from app_public.health_minutes where organization_id = $1 order by minute', [
      organizationId
    ])
  ).rows

test('What several processes counted in a minute adds up, and the answer names the tenants.', async t => {
  const platform = monitor(t, stage.database)
  const [one, other] = [await found(stage, roles), await found(stage, roles)]
  const counts = { requests: 10, errors: 1, refused: 2, duration_ms: 300, slowest_ms: 90, jobs_done: 4, jobs_failed: 1 }
  const names = await platform.record(served(one.id, 2, counts), served(one.id, 1, counts), served(other.id, 1, counts))
  t.deepEqual(
    [...names].sort(),
    [
      [one.id, one.slug],
      [other.id, other.slug]
    ].sort()
  )
  await platform.record(served(one.id, 1, { ...counts, slowest_ms: 50 }))
  t.like(await minutesOf(one.id), [
    { minute: minuteAgo(2), ...counts, duration_ms: '300' },
    {
      minute: minuteAgo(1),
      requests: 20,
      errors: 2,
      refused: 4,
      duration_ms: '600',
      slowest_ms: 90,
      jobs_done: 8,
      jobs_failed: 2
    }
  ])
  t.like(await minutesOf(other.id), [{ requests: 10 }])
})

test('Forty processes that report the same tenants in any order lose nothing and meet no deadlock.', async t => {
  const ids = await Promise.all(Array.from({ length: 5 }, async () => (await found(stage, roles)).id))
  const crowd = monitor(t, stage.database, 40)
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      crowd.record(
        ...ids.map((_, place) => served(ids[(place + n) % 5]!, 1, { requests: 1 })),
        served(ids[n % 5]!, 1, { requests: 1 })
      )
    )
  )
  for (const id of ids) t.like(await minutesOf(id), [{ requests: 48 }])
})

test('A minute from far away, and a tenant that does not exist or is deleted, are left out.', async t => {
  const platform = monitor(t, stage.database)
  const [alive, deleted] = [await found(stage, roles), await found(stage, roles)]
  await deleted.people.owner('select app_public.delete_organization()')
  const names = await platform.record(
    served(alive.id, 90, { requests: 1 }),
    served(alive.id, -5, { requests: 1 }),
    served(unknownId, 1, { requests: 1 }),
    served(deleted.id, 1, { requests: 1 }),
    served(alive.id, 1, { requests: 7 })
  )
  t.true(names.has(alive.id))
  t.like(await minutesOf(alive.id), [{ requests: 7 }])
  t.deepEqual(await minutesOf(deleted.id), [])
  t.deepEqual(await minutesOf(unknownId), [])
})

test('Minutes are forgotten after 7 days and not before.', async t => {
  const platform = monitor(t, stage.database)
  const { id } = await found(stage, roles)
  for (const age of ['7 days 1 minute', '6 days 23 hours']) {
    await stage.admin.query(
      `insert into app_public.health_minutes values
         ($1, date_trunc('minute', now() - $2::interval), 1, 0, 0, 1, 1, 0, 0)`,
      [id, age]
    )
  }
  await platform.record()
  t.is((await minutesOf(id)).length, 1)
})

test('Nobody who makes requests, and no job, may report health or read the figures of the platform.', async t => {
  const platform = monitor(t, stage.database)
  const { acme } = stage.world
  const forged = JSON.stringify([served(acme, 1, { requests: 1000, errors: 1000 })])
  for (const [name, persona] of Object.entries(stage.cast) as [PersonaName, typeof stage.cast.owner][]) {
    const expected = name === 'revokedKey' ? 'API_KEY_INVALID' : 'no grant'
    t.is(await outcome(persona('select app_hidden.record_health($1)', [forged])), expected, name)
    t.is(await outcome(persona('select * from app_hidden.figures($1)', [[acme]])), expected, name)
  }
  t.false((await minutesOf(acme)).some(({ requests }) => requests >= 1000))
  await platform.record(...JSON.parse(forged))
  t.true((await minutesOf(acme)).some(({ requests }) => requests >= 1000))
})

test('The figures are those of the named organizations, and of the platform.', async t => {
  const platform = monitor(t, stage.database)
  const { acme, other } = stage.world
  const { id } = await found(stage, roles)
  const figures = await platform.figures(acme, id)
  const of = (name: string, organizationId: string | null) =>
    figures.filter(figure => figure.name === name && figure.organizationId === organizationId)
  t.like(of('tenant_active_keys', acme), [{ value: 2 }])
  t.like(of('tenant_budget_limit', acme), [{ value: 100, currency: 'USD' }])
  t.like(of('tenant_budget_spent', acme), [{ value: 4, currency: 'USD' }])
  t.like(of('tenant_usage_cost', acme), [{ value: 4, currency: 'USD' }])
  t.like(of('active_keys', null), [{ value: 3 }])
  t.is(of('organizations', null).length, 1)
  t.is(of('open_incidents', null).length, 1)
  t.false(figures.some(({ organizationId }) => organizationId === other || organizationId === id))
})

test('health() sums what the chosen organization was served, and says nothing of what was not.', async t => {
  const platform = monitor(t, stage.database)
  const { id, people } = await found(stage, roles)
  const health = async (minutes?: number) =>
    (await people.owner(`select * from app_public.health(${minutes ?? ''})`)).rows[0]
  t.like(await health(), { requests: 0, errors: 0, error_rate: null, mean_ms: null, job_success_rate: null })
  await platform.record(
    served(id, 1, { requests: 30, errors: 1, refused: 2, duration_ms: 300, slowest_ms: 90, jobs_done: 3 }),
    served(id, 3, { requests: 10, errors: 0, duration_ms: 700, slowest_ms: 200, jobs_failed: 1 })
  )
  const both = await health(10)
  t.like(both, {
    requests: 40,
    errors: 1,
    refused: 2,
    error_rate: '0.0250',
    mean_ms: '25.0',
    slowest_ms: 200,
    jobs_done: 3,
    jobs_failed: 1,
    job_success_rate: '0.7500',
    failing: false
  })
  const perSecond = Number(both!['requests_per_second'])
  t.true(perSecond >= 40 / 660 - 0.0001 && perSecond <= 40 / 600 + 0.0001, String(perSecond))
  t.like(await health(2), { requests: 30 })
  t.is(await outcome(people.member('select app_public.health()')), 'FORBIDDEN')
})

test('An error rate is failing above 5 % and not at it.', async t => {
  const platform = monitor(t, stage.database)
  const { id } = await found(stage, roles)
  await platform.record(served(id, 2, { requests: 100, errors: 5 }), served(id, 1, { requests: 100, errors: 6 }))
  t.deepEqual(
    (await minutesOf(id)).map(({ failing }) => failing),
    [false, true]
  )
  t.is(await value(stage, 'select count(*)::int from app_public.health_incidents where organization_id = $1', [id]), 0)
})
