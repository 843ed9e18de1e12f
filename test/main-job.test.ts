import test from 'ava'
import { pino } from 'pino'
import { startWorker } from '../worker/index.ts'
import { startApi } from './helpers/api.ts'
import { startSmtp } from './helpers/smtp.ts'
import { workerConfig } from './helpers/worker.ts'

const recordUsage = `mutation ($key: String!, $cost: BigFloat!) {
  recordUsage(input: { idempotencyKey: $key, service: "openai", model: "gpt-5", cost: $cost }) { result { id cost } }
}`

test('a person signs in, a key meters usage, the threshold sends a real e-mail, and what does not fit is refused', async t => {
  const api = await startApi()
  const smtp = await startSmtp()
  const worker = await startWorker(workerConfig(api.database, { smtpUrl: smtp.url }), pino({ level: 'silent' }))
  t.teardown(async () => {
    await worker.close()
    await smtp.close()
    await api.close()
  })

  const token = await api.join('ada')
  const created = await api.graphql(
    'mutation { createOrganization(input: { name: "Analytical Engines", slug: "engines" }) { result { id } } }',
    { token }
  )
  t.is(created.errors, undefined)
  await api.graphql('mutation { createBudget(input: { limitAmount: "10", thresholds: [80] }) { result { id } } }', {
    token
  })
  const { data } = await api.graphql(
    'mutation { createApiKey(input: { name: "ingest" }) { result { key apiKey { id } } } }',
    { token }
  )
  const { key } = data.createApiKey.result
  t.regex(key, /^rg_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)

  const record = (idempotencyKey: string, cost: string) =>
    api.graphql(recordUsage, { token: key, variables: { key: idempotencyKey, cost } })

  t.is((await record('1', '7.99')).errors, undefined)
  const crossing = await record('2', '0.01')
  t.is(crossing.data.recordUsage.result.cost, '0.01')

  // The first one asks to confirm the address.
  const mail = (await smtp.received(2)).find(({ content }) => content.includes('80 %'))
  t.deepEqual(mail!.to, ['ada@example.com'])
  t.is(mail!.from, 'alerts@rowgate.example')
  t.regex(mail!.content, /^Subject: Analytical Engines: 80 % of a budget is used\r$/m)
  t.regex(mail!.content, /USD 8 of its budget of USD 10/)

  const before = (await api.database.admin.query('select count(*)::int from app_public.usage_records')).rows[0].count
  const refused = await record('3', '2.01')
  t.is(refused.status, 200)
  t.is(refused.data.recordUsage, null)
  const { code, status, limit, used, requested, level, rule, resets_at } = refused.errors![0]!.extensions
  t.like(
    { code, status, limit, used, requested, level, rule },
    {
      code: 'BUDGET_EXCEEDED',
      status: 402,
      limit: '10',
      used: '8',
      requested: '2.01',
      level: 'organization',
      rule: 'monthly_limit'
    }
  )
  t.true(Date.parse(resets_at) > Date.now())
  t.is((await api.database.admin.query('select count(*)::int from app_public.usage_records')).rows[0].count, before)
  t.is(
    Number(
      (
        await api.database.admin.query(
          "select sum(settled) as spent from app_public.budget_shards join app_public.budgets on budgets.id = budget_id where unit = 'money'"
        )
      ).rows[0].spent
    ),
    8
  )

  t.is((await record('4', '2')).errors, undefined, 'what fits to the cent is not refused')
  const { data: seen } = await api.graphql(
    '{ organizations { nodes { budgets(filter: { unit: { equalTo: "money" } }) { nodes { state { settled remaining } } } usageRecords { totalCount } } } }',
    { token }
  )
  t.deepEqual(seen.organizations.nodes[0], {
    budgets: { nodes: [{ state: { settled: '10', remaining: '0' } }] },
    usageRecords: { totalCount: 3 }
  })
  t.is(smtp.mails.length, 2, 'one mail for one crossing')
})

test('50 concurrent calls at the edge spend the budget to the cent and not one cent more', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('bob')
  await api.graphql('mutation { createOrganization(input: { name: "B", slug: "bb" }) { result { id } } }', { token })
  await api.graphql('mutation { createBudget(input: { limitAmount: "1.00" }) { result { id } } }', { token })
  const { data } = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', { token })

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      api.graphql(recordUsage, { token: data.createApiKey.result.key, variables: { key: `${index}`, cost: '0.03' } })
    )
  )
  const accepted = answers.filter(({ errors }) => !errors)
  t.is(accepted.length, 33, '33 times 0.03 fit into 1.00')
  t.true(answers.every(({ errors }) => !errors || errors[0]!.extensions['code'] === 'BUDGET_EXCEEDED'))

  const { rows } = await api.database.admin.query(
    `select (select sum(cost) from app_public.usage_records)::text as recorded, sum(settled)::text as spent
     from app_public.budget_shards join app_public.budgets on budgets.id = budget_id where unit = 'money'`
  )
  t.deepEqual(rows[0], { recorded: '0.99', spent: '0.99' })
})
