import test from 'ava'
import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { startApi } from '../helpers/api.ts'
import { startPrometheus } from '../helpers/prometheus.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { workerConfig } from '../helpers/worker.ts'

const folder = `${import.meta.dirname}/../../server/observability`
const token = 'a token for whoever scrapes'
const dashboard = JSON.parse(await readFile(`${folder}/grafana.json`, 'utf8'))
const panels: any[] = dashboard.panels.filter(({ type }: any) => type !== 'row')
/** As Grafana asks it, for all tenants. */
const filledIn = (expression: string) => expression.replaceAll('$__rate_interval', '1m').replaceAll('$tenant', '.*')

// No rate limit refuses anything here.
const mayBeEmpty = new Set(['RowgateRateLimited'])

test('a real Prometheus scrapes API and worker, and every expression of dashboard and rules has an answer', async t => {
  const api = await startApi({ metrics: { port: undefined, token, tenants: 20 } })
  const smtp = await startSmtp()
  const worker = await startWorker(
    workerConfig(api.database, { smtpUrl: smtp.url, metrics: { port: 0, token, tenants: 20 } }),
    pino({ level: 'silent' })
  )
  const prometheus = await startPrometheus(
    [
      { name: 'rowgate-api', url: `${api.url}/metrics`, token },
      { name: 'rowgate-worker', url: worker.metricsUrl!, token }
    ],
    `${folder}/alerts.yml`
  )
  t.teardown(async () => {
    await prometheus.stop()
    await worker.close()
    await smtp.close()
    await api.close()
  })

  const owner = await api.join('scraped')
  await api.graphql('mutation { createOrganization(input: { name: "S", slug: "scraped" }) { result { id } } }', {
    token: owner
  })
  await api.graphql('mutation { createBudget(input: { limitAmount: 10 }) { result { id } } }', { token: owner })
  const created = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', {
    token: owner
  })
  const { key } = created.data.createApiKey.result
  await api.database.admin.query(
    `create or replace function app_public.my_permissions() returns text[] language plpgsql stable set search_path = ''
     as $$ begin raise exception 'broken on purpose'; end $$`
  )
  let n = 0
  const use = (cost: number) =>
    api.graphql(
      `mutation { recordUsage(input: { idempotencyKey: "${++n}", service: "s", model: "m", cost: ${cost} }) { result { id } } }`,
      { token: key }
    )
  /** Some of everything: a use, a refusal, a failure, and a job. */
  const traffic = async () => {
    await use(0.01)
    await use(100)
    await api.graphql('{ myPermissions }', { token: key })
    await api.graphql(
      `mutation { createBudget(input: { limitAmount: ${10 + n / 100}, thresholds: [${1 + (n % 50)}] }) { result { id } } }`,
      {
        token: owner
      }
    )
    await api.database.admin.query(
      "select app_hidden.enqueue(id, 'alerts/mail', jsonb_build_object('delivery_id', id), $1) from app_public.organizations",
      [String(n)]
    )
    await api.server.report()
    await worker.report()
  }

  const rules = await prometheus.rules()
  t.true(rules.length > 5)
  const expressions = [
    ...panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }: any) => ({ of: title as string, expression: filledIn(expr) }))
    ),
    // A rule answers only while it fires: what it compares is asked for.
    ...rules.map(({ name, query }) => ({ of: name, expression: query.replace(/ (>|==) [\d.]+$/, '') }))
  ]
  const lacking = async () => {
    const without: string[] = []
    for (const { of, expression } of expressions) {
      const result = await prometheus.query(expression)
      if (!mayBeEmpty.has(of) && !result.some(({ value }) => Number.isFinite(Number(value[1])))) without.push(of)
    }
    return without
  }
  for (let turns = 0; turns < 100; turns++) {
    await traffic()
    if ((await lacking()).length === 0) break
  }
  t.deepEqual(await lacking(), [], 'these have no data')
  for (const { name, health } of await prometheus.rules()) t.is(health, 'ok', name)
  for (const { metric, value } of await prometheus.query('up')) t.is(value[1], '1', metric['job'])
  const tenants = (await prometheus.query('count by (tenant) (rowgate_tenant_requests_total)')).map(
    ({ metric }) => metric['tenant']
  )
  t.deepEqual(tenants.sort(), ['_none', '_other', 'scraped'])
  t.true(
    Number(
      (await prometheus.query('sum(rowgate_tenant_requests_total{tenant="scraped",outcome="error"})'))[0]!.value[1]
    ) > 0
  )
})

test('the dashboard is one that Grafana reads: panels with titles, places of their own and one data source', t => {
  t.true(panels.length > 10)
  const ids = dashboard.panels.map(({ id }: any) => id)
  t.is(new Set(ids).size, ids.length)
  const taken = new Set<string>()
  for (const { title, gridPos, targets = [], datasource } of dashboard.panels) {
    t.truthy(title)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        t.true(x < 24 && !taken.has(`${x} ${y}`), `${title} has a place of its own`)
        taken.add(`${x} ${y}`)
      }
    }
    for (const target of targets) {
      t.deepEqual(target.datasource, datasource)
      t.truthy(target.expr)
    }
  }
  const variables = dashboard.templating.list.map(({ name }: any) => name)
  const used = new Set([...JSON.stringify(panels).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!))
  used.delete('__rate_interval')
  t.deepEqual([...used].sort(), [...variables].sort())
})
