import test from 'ava'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { check } from '../helpers/prometheus.ts'

const rules = `${import.meta.dirname}/../../server/observability/alerts.yml`
const requests = (tenant: string, outcome: string, perMinute: number) => ({
  series: `rowgate_tenant_requests_total{tenant="${tenant}",outcome="${outcome}"}`,
  values: `0+${perMinute}x60`
})
const jobs = (outcome: string, perMinute: number) => ({
  series: `rowgate_jobs_total{task="alerts/mail",outcome="${outcome}"}`,
  values: `0+${perMinute}x60`
})
const still = (series: string, value: number | string) => ({ series, values: `${value}+0x60` })
const bucket = (le: string, perMinute: number) => ({
  series: `rowgate_http_request_duration_seconds_bucket{route="/graphql",le="${le}"}`,
  values: `0+${perMinute}x60`
})

/** For each alert what it fires at, and what is as close to it as can be. */
const cases: Record<string, [fires: Record<string, string>[], quiet: Record<string, string>[]]> = {
  RowgateDown: [[still('up{job="rowgate-api"}', 0)], [still('up{job="rowgate-api"}', 1), still('up{job="else"}', 0)]],
  RowgateDatabaseUnreachable: [
    [still('rowgate_worker_database_up{instance="w"}', 0)],
    [still('rowgate_worker_database_up{instance="w"}', 1), still('rowgate_database_up{instance="a"}', 1)]
  ],
  RowgateErrors: [
    [requests('a', 'ok', 90), requests('a', 'error', 10)],
    [requests('a', 'ok', 900), requests('b', 'ok', 900), requests('b', 'error', 60), requests('b', 'refused', 500)]
  ],
  RowgateTenantErrors: [
    [requests('a', 'ok', 9000), requests('b', 'ok', 90), requests('b', 'error', 6)],
    [requests('a', 'ok', 95), requests('a', 'error', 5)]
  ],
  RowgateSlow: [
    [bucket('1', 90), bucket('2.5', 100), bucket('+Inf', 100)],
    [bucket('0.5', 99), bucket('1', 100), bucket('+Inf', 100)]
  ],
  RowgatePoolExhausted: [
    [still('rowgate_database_connections{state="waiting"}', 1)],
    [still('rowgate_database_connections{state="waiting"}', 0), still('rowgate_database_connections{state="busy"}', 9)]
  ],
  RowgateEventLoopBlocked: [
    [still('rowgate_event_loop_delay_seconds{quantile="0.99"}', 0.3)],
    [
      still('rowgate_event_loop_delay_seconds{quantile="0.99"}', 0.1),
      still('rowgate_event_loop_delay_seconds{quantile="1"}', 5)
    ]
  ],
  RowgateQueueOld: [[still('rowgate_queue_age_seconds', 301)], [still('rowgate_queue_age_seconds', 299)]],
  RowgateJobsDead: [
    [still('rowgate_queue_jobs{state="dead"}', 1)],
    [still('rowgate_queue_jobs{state="dead"}', 0), still('rowgate_queue_jobs{state="later"}', 9)]
  ],
  RowgateJobsFailing: [
    [jobs('done', 7), jobs('failed', 3)],
    [jobs('done', 9), jobs('failed', 2)]
  ],
  RowgateBudgetNearlyUsed: [
    [
      still('rowgate_tenant_budget_spent{tenant="a",currency="USD"}', 96),
      still('rowgate_tenant_budget_limit{tenant="a",currency="USD"}', 100)
    ],
    [
      still('rowgate_tenant_budget_spent{tenant="a",currency="USD"}', 95),
      still('rowgate_tenant_budget_limit{tenant="a",currency="USD"}', 100)
    ]
  ],
  RowgateRateLimited: [
    [{ series: 'rowgate_problems_total{tenant="a",code="RATE_LIMITED",status="429"}', values: '0+120x60' }],
    [
      { series: 'rowgate_problems_total{tenant="a",code="RATE_LIMITED",status="429"}', values: '0+50x60' },
      { series: 'rowgate_problems_total{tenant="a",code="FORBIDDEN",status="403"}', values: '0+999x60' }
    ]
  ]
}

test('promtool accepts the rules, and each of them has a case here', async t => {
  const names = [...(await readFile(rules, 'utf8')).matchAll(/alert: (\w+)/g)].map(([, name]) => name!)
  t.regex(await check('check', 'rules', rules), new RegExp(`SUCCESS: ${names.length} rules found`))
  t.deepEqual(names.sort(), Object.keys(cases).sort())
})

test('every alert fires at what it is for, and not at what is close to it', async t => {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-rules-`)
  t.teardown(() => rm(directory, { recursive: true }))
  const run = async (name: string, tests: unknown[]) => {
    const file = `${directory}/${name}.yml`
    await writeFile(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '1m', tests }))
    return check('test', 'rules', file)
  }
  for (const [alert, [fires, quiet]] of Object.entries(cases)) {
    const silence = { eval_time: '40m', alertname: alert, exp_alerts: [] }
    await t.notThrowsAsync(
      run(alert, [{ interval: '1m', input_series: quiet, alert_rule_test: [silence] }]),
      `${alert} is quiet`
    )
    // What fires has labels and words of its own: that it is not silent is the test.
    await t.throwsAsync(
      run(alert, [{ interval: '1m', input_series: fires, alert_rule_test: [silence] }]),
      { message: new RegExp(`alertname: ?${alert}[^]*got:[^]*${alert}`) },
      `${alert} fires`
    )
  }
})
