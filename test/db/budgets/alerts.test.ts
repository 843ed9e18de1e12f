import test from 'ava'
import { alerts, change, pause, resume, usage, use } from '../../helpers/books.ts'
import { gather, tally } from '../../helpers/crowd.ts'
import { found } from '../../helpers/organization.ts'
import { refused } from '../../helpers/refusal.ts'
import { hold } from '../../helpers/held.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const roles = { owner: 'owner', second: 'owner', admin: 'admin', member: 'member', viewer: 'viewer' } as const

test.serial('Crossing the threshold alerts each owner and admin once, at the threshold and not before.', async t => {
  const { id, people, ids } = await found(stage, roles, 100)
  await people.member(usage, use('79.999999999999'))
  t.deepEqual(await alerts(stage, id), [])
  await people.member(usage, use('0.000000000001'))
  const crossed = [{ version: 1, threshold: 80, limit: '100', spent: '80', announced: true, jobs: 3 }]
  t.deepEqual(await alerts(stage, id), crossed)
  await people.member(usage, use(20))
  t.deepEqual(await alerts(stage, id), crossed, 'no second time, also not at the limit')

  const { rows } = await stage.admin.query(
    `select payload, key, queue_name, user_id from graphile_worker._private_jobs as job
       join app_public.alert_deliveries as deliveries on deliveries.id::text = payload ->> 'delivery_id'
       join graphile_worker._private_job_queues as queue on queue.id = job_queue_id
     where payload ->> 'organization_id' = $1`,
    [id]
  )
  t.deepEqual(rows.map(({ user_id }) => user_id).sort(), [ids.owner, ids.second, ids.admin].sort())
  for (const { payload, key, queue_name } of rows) {
    // And by whom it was queued.
    const about = Object.keys(payload).filter(name => !name.startsWith('by_'))
    t.deepEqual(about.sort(), ['delivery_id', 'organization_id'])
    for (const id of Object.values(payload)) t.regex(String(id), /^[0-9a-f-]{36}$/, 'ids only')
    t.true(key.startsWith(`${id}:`))
    t.is(queue_name, id)
  }
})

test.serial('Forty who cross the threshold at once announce it once.', async t => {
  const { id, people } = await found(stage, roles, 10)
  const crowd = await gather(stage.database, 40)
  const results = await crowd.run(people.member.is, (member, turn) =>
    turn < 6 ? [usage, use('0.05', `${member}-${turn}`)] : undefined
  )
  await crowd.close()
  t.deepEqual(tally(results), { done: 200, BUDGET_EXCEEDED: 40 })
  t.deepEqual(await alerts(stage, id), [
    { version: 1, threshold: 80, limit: '10', spent: '8', announced: true, jobs: 3 }
  ])
})

test.serial('A crossing that is refused or rolled back announces nothing, and the next one does.', async t => {
  const { id, people } = await found(stage, roles, 100)
  await refused(t, stage, () => people.member(usage, use(101)), 'BUDGET_EXCEEDED')
  const held = await hold(stage.database, people.member.is)
  await held.query(usage, use(90))
  await held.rollback()
  t.deepEqual(await alerts(stage, id), [])
  await people.member(usage, use(90))
  t.deepEqual(await alerts(stage, id), [
    { version: 1, threshold: 80, limit: '100', spent: '90', announced: true, jobs: 3 }
  ])
})

test.serial(
  'A raised limit whose threshold is still crossed is not announced again, and one above it is armed anew.',
  async t => {
    const { id, people } = await found(stage, roles, 100)
    await people.member(usage, use(90))
    await people.owner(change('101'))
    await people.owner(change('102'))
    const quiet = [
      { version: 1, threshold: 80, limit: '100', spent: '90', announced: true, jobs: 3 },
      { version: 2, threshold: 80, limit: '101', spent: '90', announced: false, jobs: 0 },
      { version: 3, threshold: 80, limit: '102', spent: '90', announced: false, jobs: 0 }
    ]
    t.deepEqual(await alerts(stage, id), quiet)
    await people.owner(change('200'))
    t.deepEqual(await alerts(stage, id), quiet)
    await people.member(usage, use(70))
    t.deepEqual(await alerts(stage, id), [
      ...quiet,
      { version: 4, threshold: 80, limit: '200', spent: '160', announced: true, jobs: 3 }
    ])
  }
)

test.serial('A lowered limit or threshold announces at once what it leaves crossed.', async t => {
  for (const [values, row] of [
    ['60', { version: 2, threshold: 80, limit: '60' }],
    ["thresholds => '{40}'", { version: 2, threshold: 40, limit: '100' }]
  ] as const) {
    const { id, people } = await found(stage, roles, 100)
    await people.member(usage, use(50))
    await people.admin(change(values))
    t.deepEqual(await alerts(stage, id), [{ ...row, spent: '50', announced: true, jobs: 3 }])
    await people.admin(change(values))
    t.is((await alerts(stage, id)).length, 1, 'the same again is no change')
  }
})

test.serial('A limit that is lowered after it was announced is no news while its threshold stays crossed.', async t => {
  const { id, people } = await found(stage, roles, 100)
  await people.member(usage, use(90))
  await people.owner(change('95'))
  t.deepEqual(await alerts(stage, id), [
    { version: 1, threshold: 80, limit: '100', spent: '90', announced: true, jobs: 3 },
    { version: 2, threshold: 80, limit: '95', spent: '90', announced: false, jobs: 0 }
  ])
})

test.serial('A paused budget alerts nobody, and resuming it announces at once what is crossed.', async t => {
  const { id, people } = await found(stage, roles, 100)
  await people.owner(pause)
  await people.member(usage, use(90))
  t.deepEqual(await alerts(stage, id), [])
  await people.owner(resume)
  const resumed = [{ version: 1, threshold: 80, limit: '100', spent: '90', announced: true, jobs: 3 }]
  t.deepEqual(await alerts(stage, id), resumed)
  await people.owner(pause)
  await people.owner(resume)
  t.deepEqual(await alerts(stage, id), resumed, 'and only once')
})

test.serial('A limit of zero is crossed by what was spent before, and by nothing when nothing was.', async t => {
  const spent = await found(stage, roles, 100)
  await spent.people.member(usage, use(1))
  await spent.people.owner(change('0'))
  t.deepEqual(await alerts(stage, spent.id), [
    { version: 2, threshold: 80, limit: '0', spent: '1', announced: true, jobs: 3 }
  ])
  const empty = await found(stage, roles, 0)
  await empty.people.member(usage, use(0))
  t.deepEqual(await alerts(stage, empty.id), [])
})
