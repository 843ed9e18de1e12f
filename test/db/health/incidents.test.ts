import test from 'ava'
import { minuteMs, monitor, served } from '../../helpers/monitor.ts'
import { found } from '../../helpers/organization.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
const roles = { owner: 'owner', admin: 'admin', member: 'member', viewer: 'viewer' } as const
const bad = { requests: 100, errors: 6, jobs_done: 0 }
const good = { requests: 100, errors: 5, jobs_done: 0 }
const jobs = { requests: 0, errors: 0, jobs_done: 5 }
type Minute = typeof bad | undefined
const times = (count: number, minute: Minute) => Array<Minute>(count).fill(minute)

// A clock of our own: minutes are numbers, judged up to one of them.
const noon = Date.parse('2026-01-01T12:00:00Z')
const at = (minute: number) => new Date(noon + minute * minuteMs)

/** Serves an organization so, minute by minute from the given one. */
async function put(id: string, from: number, ...minutes: Minute[]) {
  for (const [index, minute] of minutes.entries()) {
    if (!minute) continue
    await stage.admin.query('insert into app_public.health_minutes values ($1, $2, $3, $4, 0, 0, 0, $5, 0)', [
      id,
      at(from + index),
      minute.requests,
      minute.errors,
      minute.jobs_done
    ])
  }
}

const judge = (minute: number) => stage.admin.query('select app_hidden.judge_health($1)', [at(minute)])

/** The same, and judges it when the last minute has settled. */
async function serve(id: string, from: number, ...minutes: Minute[]) {
  await put(id, from, ...minutes)
  await judge(from + minutes.length)
}

async function incidentsOf(id: string) {
  const { rows } = await stage.admin.query(
    `select started_at, ended_at, requests, errors, array(
       -- A job that is queued again under its key has another revision, also while the first one is still waiting.
       select format('%s %s', events.facts ->> 'state', users.name) || repeat(' again', revision) as mail
       from graphile_worker._private_jobs as job
         join app_public.alert_deliveries as deliveries on deliveries.id::text = payload ->> 'delivery_id'
         join app_public.alert_events as events on events.id = deliveries.event_id
         join app_public.users on users.id = deliveries.user_id
       where events.facts ->> 'incident_id' = incidents.id::text
       order by mail
     ) as mails
     from app_public.health_incidents as incidents where organization_id = $1 order by started_at`,
    [id]
  )
  return rows
}
const began = ['began admin', 'began owner']
const ended = ['ended admin', 'ended owner']

test.serial('Five failing minutes open an incident that tells each owner and admin once.', async t => {
  const { id } = await found(stage, roles)
  await serve(id, 0, bad, bad, bad, bad)
  t.deepEqual(await incidentsOf(id), [], 'four minutes are not five')
  await serve(id, 4, bad)
  const opened = [{ started_at: at(0), ended_at: null, requests: 500, errors: 30, mails: began }]
  t.deepEqual(await incidentsOf(id), opened)
  await serve(id, 5, bad, bad, bad, bad, bad, bad)
  t.deepEqual(await incidentsOf(id), opened, 'and no second one while it lasts')
})

test.serial('At 5 %, after a minute that went well, or with errors long ago, there is no incident.', async t => {
  for (const [why, minutes, count] of [
    ['at the limit', times(10, good), 0],
    ['above it', times(10, bad), 1],
    ['a good minute between', [...times(4, bad), good, ...times(4, bad)], 0],
    ['nothing between', [...times(2, bad), undefined, ...times(2, bad)], 1],
    ['jobs between', [...times(2, bad), jobs, ...times(2, bad)], 1],
    ['four, then nothing', [...times(4, bad), undefined], 0],
    ['the first is long ago', [bad, ...times(20, undefined), bad], 0],
    ['the first is not so long ago', [bad, ...times(12, undefined), bad], 1]
  ] as [string, Minute[], number][]) {
    const { id } = await found(stage, roles)
    await serve(id, 0, ...minutes)
    t.is((await incidentsOf(id)).length, count, why)
  }
})

test.serial('What went well by the time it is judged, or failed long before, opens nothing.', async t => {
  for (const [why, minutes, count] of [
    ['well again', [...times(6, bad), good], 0],
    ['quiet for five minutes', [...times(6, bad), ...times(5, undefined)], 0],
    ['quiet for four', [...times(6, bad), ...times(4, undefined)], 1]
  ] as [string, Minute[], number][]) {
    const { id } = await found(stage, roles)
    await put(id, 0, ...minutes)
    await judge(minutes.length)
    t.is((await incidentsOf(id)).length, count, why)
  }
})

test.serial('It is over after five minutes without too many failures, and everybody is told once more.', async t => {
  const { id } = await found(stage, roles)
  await serve(id, 0, ...times(6, bad))
  await serve(id, 6, ...times(4, good))
  t.like(await incidentsOf(id), [{ ended_at: null, mails: began }], 'four good minutes are not five')
  await serve(id, 10, good)
  const over = { started_at: at(0), ended_at: at(6), requests: 1100, errors: 61, mails: [...began, ...ended] }
  t.deepEqual(await incidentsOf(id), [over])
  await serve(id, 11, good, good)
  t.deepEqual(await incidentsOf(id), [over])

  await serve(id, 13, ...times(4, bad))
  t.deepEqual(await incidentsOf(id), [over], 'old failures do not count for the next one')
  await serve(id, 17, bad)
  t.like(await incidentsOf(id), [over, { started_at: at(13), ended_at: null, mails: began }])
})

test.serial('It is over as well when nobody asks any more.', async t => {
  const { id } = await found(stage, roles)
  await serve(id, 0, ...times(6, bad))
  await serve(id, 6, ...times(5, undefined))
  t.like(await incidentsOf(id), [{ ended_at: at(6), mails: [...began, ...ended] }])
  await serve(id, 11, bad)
  t.is((await incidentsOf(id)).length, 1, 'and one failing minute does not open another')
})

test.serial(
  'Forty processes that report at the same time tell it once when it begins and once when it ends.',
  async t => {
    const crowd = monitor(t, stage.database, 40)
    const all = (...minutes: Parameters<typeof crowd.record>) =>
      Promise.all(Array.from({ length: 80 }, () => crowd.record(...minutes)))
    const { id } = await found(stage, roles)
    const failing = Array.from({ length: 8 }, (_, minute) => served(id, minute + 2, { requests: 10, errors: 5 }))
    try {
      await all(...failing)
      t.like(await incidentsOf(id), [{ ended_at: null, mails: began }])
      await stage.admin.query(
        "update app_public.health_minutes set minute = minute - interval '10 minutes' where organization_id = $1",
        [id]
      )
      await stage.admin.query(
        "update app_public.health_incidents set started_at = started_at - interval '10 minutes' where organization_id = $1",
        [id]
      )
      await all()
      const incidents = await incidentsOf(id)
      t.like(incidents, [{ requests: 80 * 80, errors: 40 * 80, mails: [...began, ...ended] }])
      t.is(incidents.length, 1)
    } finally {
    }
  }
)

test.serial('A report that fails opens nothing.', async t => {
  const { id } = await found(stage, roles)
  const failing = Array.from({ length: 8 }, (_, minute) => served(id, minute + 2, { requests: 10, errors: 5 }))
  const platform = monitor(t, stage.database)
  const tooMany = served(id, 2, { requests: 2 ** 31 - 1 })
  await t.throwsAsync(platform.record(...failing, tooMany), { code: '22003' })
  t.deepEqual(await incidentsOf(id), [])
  await platform.record(...failing)
  t.is((await incidentsOf(id)).length, 1)
})
