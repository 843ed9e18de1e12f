import test from 'ava'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { personas } from '../helpers/personas.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { drained, workerConfig as config } from '../helpers/worker.ts'
import { makeWorld } from '../helpers/world.ts'

const silent = pino({ level: 'silent' })

async function crossing(t: import('ava').ExecutionContext) {
  const database = await openDatabase()
  const world = await makeWorld(database)
  // One owner is enough. Of the admins one may not see the budgets, and somebody who is none may: the auditor.
  await database.admin.query('delete from app_public.members where user_id = $1', [world.people.founder])
  const { asUser, asKey, close } = personas(database)
  t.teardown(async () => {
    await close()
    await database.close()
  })
  await asKey(world.keys.acme.key)("select app_public.record_usage('k', 'openai', 'gpt-5', 80)")
  return { database, world, asUser }
}

test('whoever may see all budgets gets one mail each, and nobody else', async t => {
  const { database } = await crossing(t)
  const smtp = await startSmtp()
  t.teardown(() => smtp.close())
  const worker = await startWorker(config(database, { smtpUrl: smtp.url }), silent)
  await drained(database)
  await worker.close()
  t.deepEqual(smtp.mails.flatMap(({ to }) => to).sort(), [
    'admin@example.com',
    'auditor@example.com',
    'owner@example.com'
  ])
})

test('who may no longer see it when the mail goes out gets none', async t => {
  const { database, world, asUser } = await crossing(t)
  await (
    await asUser(world.people.owner)
  )("select app_public.change_member_role($1, 'viewer')", [world.people.admin])
  const smtp = await startSmtp()
  t.teardown(() => smtp.close())
  const worker = await startWorker(config(database, { smtpUrl: smtp.url }), silent)
  await drained(database)
  await worker.close()
  t.deepEqual(smtp.mails.flatMap(({ to }) => to).sort(), ['auditor@example.com', 'owner@example.com'])
})

test('without an SMTP server mail becomes .eml files, and the log says where, and for whom', async t => {
  const { database, world } = await crossing(t)
  const mailDirectory = await mkdtemp(`${tmpdir()}/rowgate-mail-`)
  t.teardown(() => rm(mailDirectory, { recursive: true }))
  const logs: string[] = []
  const worker = await startWorker(
    config(database, { mailDirectory }),
    pino({}, { write: (line: string) => void logs.push(line) })
  )
  await drained(database)
  await worker.close()
  const files = await readdir(mailDirectory)
  t.is(files.length, 3)
  for (const file of files) {
    t.regex(file, /\.eml$/)
    t.regex(await readFile(`${mailDirectory}/${file}`, 'utf8'), /^Subject: acme: 80 % of a budget is used$/m)
    const line = logs.map(text => JSON.parse(text)).find(line => line.file === `${mailDirectory}/${file}`)
    t.like(line, { tenant: world.acme, task: 'alerts/mail' })
  }
})

test('a mail that can not be sent stays in the queue and goes out later with the same Message-ID', async t => {
  const { database } = await crossing(t)
  const smtp = await startSmtp()
  const { url } = smtp
  await smtp.close()
  const failing = await startWorker(config(database, { smtpUrl: url }), silent)
  const failed = async () =>
    (await database.admin.query('select from graphile_worker.jobs where attempts = 1 and last_error is not null'))
      .rowCount
  while ((await failed())! < 2) await new Promise(resolve => setImmediate(resolve))
  await failing.close()

  await database.admin.query('update graphile_worker._private_jobs set run_at = now()')
  const again = await startSmtp()
  t.teardown(() => again.close())
  const worker = await startWorker(config(database, { smtpUrl: again.url }), silent)
  await drained(database)
  await worker.close()
  const { rows } = await database.admin.query(
    'select id, status, attempts from app_public.alert_deliveries where attempts > 0 order by id'
  )
  t.is(again.mails.length, 3)
  t.deepEqual(
    again.mails.map(({ content }) => /^Message-ID:\s*<([^@]*)@/m.exec(content)![1]).sort(),
    rows.map(({ id }) => id)
  )
  t.deepEqual(
    rows.map(({ status }) => status),
    ['delivered', 'delivered', 'delivered']
  )
  // The third may have been tried before the worker ended.
  t.true(rows.filter(({ attempts }) => attempts === 2).length >= 2)
})

test('the owner of an address that somebody registers again is told, and only they', async t => {
  const database = await openDatabase()
  const { asAnonymous, close } = personas(database)
  t.teardown(async () => {
    await close()
    await database.close()
  })
  const register = (name: string) =>
    asAnonymous("select app_hidden.register('ada@example.com', $1, $2, $3)", [name, Buffer.alloc(16), Buffer.alloc(32)])
  await register('Ada')
  await register('Mallory')
  const smtp = await startSmtp()
  t.teardown(() => smtp.close())
  const worker = await startWorker(config(database, { smtpUrl: smtp.url }), silent)
  await drained(database)
  await worker.close()
  const notices = smtp.mails.filter(({ content }) => /^Subject: You have an account already\r$/m.test(content))
  t.deepEqual(
    notices.map(({ to }) => to),
    [['ada@example.com']]
  )
  t.regex(notices[0]!.content, /Hello Ada,/)
  t.is(smtp.mails.length, 2, 'the other one asks to confirm the address')
})

test('a job sees one tenant only', async t => {
  const { database, world } = await crossing(t)
  const { asJob } = await import('../../worker/tenant.ts')
  const { createPool } = await import('../../server/pg.ts')
  const pool = createPool({ connectionString: database.workerUrl })
  t.teardown(() => pool.end())
  const ask = asJob(pool)
  const organizations = async (id: string | null) =>
    (await ask(id, 'select distinct organization_id from app_public.members', [])).map(
      ({ organization_id }) => organization_id
    )
  t.deepEqual(await organizations(world.acme), [world.acme])
  t.deepEqual(await organizations(world.other), [world.other])
  t.deepEqual(await organizations(null), [])
})
