import test from 'ava'
import { pino } from 'pino'
import { loadTasks } from '../../worker/tasks.ts'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { drained, workerConfig } from '../helpers/worker.ts'

const hour = 3600
const day = 24 * hour

/** An organization whose member answers for a key, which was made 100 days ago and ends in so many seconds. */
async function ending(t: import('ava').ExecutionContext, seconds: number) {
  const database = await openDatabase()
  const { asUser, asKey, close } = personas(database)
  const smtp = await startSmtp()
  t.teardown(async () => {
    await smtp.close()
    await close()
    await database.close()
  })
  const roles = { owner: 'owner', second: 'owner', admin: 'admin', member: 'member', other: 'member' } as const
  const organization = await found({ admin: database.admin, asUser }, roles)
  const key = await foundKey({ admin: database.admin, asKey }, organization.id, organization.ids.member)
  const set = (sets: string) =>
    database.admin.query(`update app_public.org_api_keys set ${sets} where id = $1`, [key.id])
  const endsIn = (left: number) => set(`expires_at = now() + ${left} * interval '1 second'`)
  await set("created_at = now() - interval '100 days'")
  await endsIn(seconds)
  /** Time goes on: the end, and what was announced about it, come nearer. */
  const left = (rest: number) =>
    database.admin.query(
      `update app_public.alert_events as events
       set occasion = replace(occasion, app_hidden.as_instant(expires_at), app_hidden.as_instant(now() + interval '${rest} seconds'))
       from app_public.org_api_keys as keys where events.facts ->> 'api_key_id' = keys.id::text;
       update app_public.org_api_keys set expires_at = now() + interval '${rest} seconds' where id = '${key.id}'`
    )
  const announce = async (): Promise<number> =>
    (await database.admin.query('select app_hidden.announce_expiring_keys() as count')).rows[0].count
  /** Lets the worker do what is queued, and answers who got which mail since the last time. */
  const mails = async () => {
    const already = smtp.mails.length
    const worker = await startWorker(workerConfig(database, { smtpUrl: smtp.url }), pino({ level: 'silent' }))
    await drained(database)
    await worker.close()
    return smtp.mails.slice(already)
  }
  const names = (sent: { to: string[] }[]) => sent.flatMap(({ to }) => to.map(address => address.split('@')[0])).sort()
  return { database, organization, key, set, endsIn, left, announce, mails, names }
}

test('owners and whoever answers for it are told 14, 3 and 1 days before, once each, however often it is asked', async t => {
  const { announce, left, mails, names } = await ending(t, 15 * day)
  t.is(await announce(), 0)
  for (const [rest, words] of [
    [14 * day - hour, 'within 14 days'],
    [3 * day - hour, 'within 3 days'],
    [day - hour, 'within a day']
  ] as const) {
    await left(rest)
    t.is(await announce(), 1, words)
    t.is(await announce(), 0, 'the second time')
    const sent = await mails()
    t.deepEqual(names(sent), ['member', 'owner', 'second'])
    for (const { content } of sent) t.true(content.replaceAll('=\r\n', '').includes(words), content)
    await left(rest - hour)
    t.is(await announce(), 0, 'an hour later')
  }
})

test('processes that look at the same time announce once', async t => {
  const { announce } = await ending(t, 2 * day)
  const counts = await Promise.all(Array.from({ length: 5 }, announce))
  t.is(
    counts.reduce((sum, count) => sum + count),
    1
  )
})

test('what was missed is not made up for, and the next step comes all the same', async t => {
  const { announce, left, mails } = await ending(t, 2 * day)
  t.is(await announce(), 1)
  t.is((await mails()).length, 3, 'only the one of 3 days')
  await left(hour)
  t.is(await announce(), 1)
})

test('a key that was made later than that has no such mail, and one whose end is moved has new ones', async t => {
  const { announce, set, endsIn } = await ending(t, 2 * day)
  await set("created_at = now() - interval '1 hour'")
  t.is(await announce(), 0, 'it was made for 2 days')
  await set("created_at = now() - interval '100 days'")
  t.is(await announce(), 1)
  await endsIn(2 * day + hour)
  t.is(await announce(), 1)
})

test('a mail that is no longer true is not sent', async t => {
  const { announce, endsIn, set, mails, organization, names } = await ending(t, 2 * day)
  await announce()
  await organization.people.owner("select app_public.change_member_role($1, 'admin')", [organization.ids.second])
  t.deepEqual(names(await mails()), ['member', 'owner'], 'who is no owner any more gets none')
  await endsIn(day / 2)
  await announce()
  await endsIn(90 * day)
  t.deepEqual(await mails(), [])
  await endsIn(day / 2)
  await announce()
  await set("status = 'revoked'")
  t.deepEqual(await mails(), [])
  await endsIn(2 * hour)
  t.is(await announce(), 0)
})

test('the clock queues it every hour, and the worker does it', async t => {
  const { clock } = await loadTasks({} as never, () => () => {})
  const [item] = clock.filter(({ task }) => task === 'api_keys/announce')
  const hours = Array.from({ length: 24 }, (_, hour) => ({ min: 7, hour, date: 1, month: 1, dow: 1 }))
  t.true(hours.every(time => item!.match(time)))
  const { database, mails, names } = await ending(t, 2 * day)
  await database.admin.query("select graphile_worker.add_job('api_keys/announce')")
  t.deepEqual(names(await mails()), ['member', 'owner', 'second'])
})
