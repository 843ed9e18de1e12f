import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { found } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { drained, workerConfig } from '../helpers/worker.ts'

/** An organization that used something in the month before last. */
async function furnish(t: ExecutionContext) {
  const database = await openDatabase()
  const { asUser, close } = personas(database)
  const smtp = await startSmtp()
  t.teardown(async () => {
    await smtp.close()
    await close()
    await database.close()
  })
  const { admin } = database
  const roles = { owner: 'owner', chinese: 'owner', denied: 'owner', admin: 'admin', member: 'member' } as const
  const company = await found({ admin, asUser }, roles)
  await admin.query("update app_public.organizations set created_at = now() - interval '1 year' where id = $1", [
    company.id
  ])
  await admin.query("update app_public.users set locale = 'zh-CN' where id = $1", [company.ids.chinese])
  await admin.query(
    "insert into app_public.member_permissions (organization_id, user_id, permission, effect) values ($1, $2, 'usage:read_all', 'deny')",
    [company.id, company.ids.denied]
  )
  const use = (model: string, amount: string, months = 2, currency = 'USD') =>
    admin.query(
      `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
       values ($1, 'openai', $2, $3, $5, $3, $5, date_trunc('month', now(), 'UTC') - $4 * interval '1 month' + interval '14 days')`,
      [company.id, model, amount, months, currency]
    )
  const queue = (task: string, payload = '{}', times = 1) =>
    // In the organization's queue, as its jobs are.
    admin.query('select graphile_worker.add_job($1, $2::json, queue_name := $4) from generate_series(1, $3)', [
      task,
      payload,
      times,
      company.id
    ])
  /** Lets the worker close months and send what it will; answers all mails so far. */
  const work = async () => {
    const worker = await startWorker(
      workerConfig(database, { smtpUrl: smtp.url, appUrl: 'https://app.example.com' }),
      pino({ level: 'silent' })
    )
    await drained(database)
    await worker.close()
    return smtp.mails.map(({ to, content }) => ({
      to: to[0]!.split('@')[0]!,
      content: content.replaceAll('=\r\n', '')
    }))
  }
  return { admin, company, use, queue, work }
}

test('Whoever answers for what is paid is told of a closed month, in their language, and nobody else is.', async t => {
  const { company, use, queue, work } = await furnish(t)
  await use('gpt-5', '10.000000000001')
  await use('gpt-4o', '2')
  for (let model = 0; model < 12; model++) await use(`small-${model}`, '0.1')
  await queue('analytics/statements')
  const mails = await work()
  t.deepEqual(mails.map(({ to }) => to).sort(), ['chinese', 'owner'])
  const english = mails.find(({ to }) => to === 'owner')!.content
  for (const words of [
    'openai gpt-5: USD 10.000000000001',
    'openai gpt-4o: USD 2',
    'Others: USD 0.4',
    'Total: USD 13.200000000001'
  ])
    t.true(english.includes(words), words)
  t.true(english.includes(`https://app.example.com/${company.slug}/statements`))
  t.false(english.includes('Adjustments'))
  t.false(mails.find(({ to }) => to === 'chinese')!.content.includes('Total'))
})

test('It is sent once: however often months are closed, and however often the job is run.', async t => {
  const { admin, use, queue, work } = await furnish(t)
  await use('gpt-5', '1')
  await queue('analytics/statements', '{}', 4)
  await work()
  const { rows } = await admin.query('select json_agg(mails)->0 as mail from app_private.statement_mails as mails')
  await queue('analytics/statements', '{}', 2)
  await queue('analytics/statement_mail', JSON.stringify(rows[0].mail), 3)
  t.is((await work()).length, 2)
  // Killed between sending and noting it: sent again as the same mail, which its receiver recognises.
  await admin.query('update app_private.statement_mails set sent_at = null where user_id = $1', [rows[0].mail.user_id])
  await queue('analytics/statement_mail', JSON.stringify(rows[0].mail), 2)
  const mails = await work()
  t.is(mails.length, 3)
  const id = (content: string) => /^Message-ID:\s*(<.*>)$/im.exec(content)?.[1]
  t.is(new Set(mails.map(({ content }) => id(content))).size, 2)
})

test('An adjustment is named; a month without anything, or from before the organization was here, is no news.', async t => {
  const { admin, company, use, queue, work } = await furnish(t)
  await use('gpt-5', '1', 4)
  await queue('analytics/statements')
  t.is((await work()).length, 2, 'three months are closed, and one is told')
  t.is(
    (await admin.query('select from app_public.statements where organization_id = $1', [company.id])).rowCount! >= 2,
    true
  )
  await admin.query('delete from app_public.statement_lines; delete from app_public.statements')
  await admin.query('update app_public.organizations set created_at = now() where id = $1', [company.id])
  await queue('analytics/statements')
  t.is((await work()).length, 2, 'nothing more')
})

test('Who is owner no more when it is sent is not told.', async t => {
  const { admin, company, use, queue, work } = await furnish(t)
  await use('gpt-5', '1')
  await admin.query(
    `create function public.leave() returns trigger language plpgsql as $$
       begin update app_public.members set role = 'viewer' where user_id = '${company.ids.chinese}'; return null; end $$;
     grant usage on schema public to rowgate_writer;
     alter function public.leave() security definer;
     create trigger leave after insert on app_private.statement_mails for each statement execute function public.leave()`
  )
  await queue('analytics/statements')
  t.deepEqual(
    (await work()).map(({ to }) => to),
    ['owner']
  )
})
