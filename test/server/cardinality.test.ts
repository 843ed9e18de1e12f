import test from 'ava'
import pg from 'pg'
import { makeMetrics, type Answered } from '../../server/observability/metrics.ts'
import { makeTally, type MinuteReport } from '../../server/observability/tally.ts'
import { samplesOf, sum } from '../helpers/scrape.ts'

const size = 5
const idle = new pg.Pool({ max: 1 })
const answered = (tenant: string): Answered => ({
  route: '/graphql',
  status: 200,
  seconds: 0.01,
  outcome: 'refused',
  tenant,
  problems: [{ status: 429, code: 'X', message: '' }]
})

function observer() {
  const metrics = makeMetrics(idle, size)
  const slugs = new Map<string, string>()
  return {
    /** So many requests of each tenant, then a report. */
    async serve(traffic: Record<string, number>) {
      const tally = makeTally()
      for (const [tenant, requests] of Object.entries(traffic)) {
        slugs.set(tenant, slugs.get(tenant) ?? `slug-${tenant}`)
        for (let n = 0; n < requests; n++) metrics.count(answered(tenant))
        tally.add(tenant, { requests })
      }
      metrics.rank(tally.take() as MinuteReport[], slugs)
      await metrics.registry.metrics()
    },
    rename: (tenant: string, slug: string) => slugs.set(tenant, slug),
    async read() {
      const samples = samplesOf(await metrics.registry.metrics())
      const tenants = new Set(samples.flatMap(({ labels }) => labels['tenant'] ?? []))
      return { samples, tenants: [...tenants].sort() }
    },
    metrics
  }
}
const total = 'rowgate_tenant_requests_total'

test('ten thousand tenants make no more series than a few, and no request is lost from the sum', async t => {
  const { serve, read } = observer()
  const traffic = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`t${n}`, 1 + (n % 7)]))
  const requests = Object.values(traffic).reduce((a, b) => a + b)
  for (let round = 0; round < 3; round++) await serve(traffic)
  const { samples, tenants } = await read()
  t.is(tenants.length, size + 1)
  t.is(sum(samples, total), 3 * requests)
  t.true(samples.length < 500, `${samples.length} samples`)
})

test('the tenants with the most traffic have series of their own, and who takes a place takes the one of the least', async t => {
  const { serve, read } = observer()
  const five = { a: 10, b: 20, c: 30, d: 40, e: 50 }
  await serve(five)
  t.deepEqual((await read()).tenants, ['_other'], 'counted before they were known')
  await serve({ ...five, f: 11 })
  const all = ['_other', 'slug-a', 'slug-b', 'slug-c', 'slug-d', 'slug-e']
  t.deepEqual((await read()).tenants, all, 'a little more traffic is not enough')
  await serve({ ...five, f: 100 })
  await serve({ ...five, f: 100 })
  t.deepEqual((await read()).tenants, ['_other', 'slug-b', 'slug-c', 'slug-d', 'slug-e', 'slug-f'])
})

test('no counter of the others ever falls, whoever comes and goes', async t => {
  const { serve, read } = observer()
  let before = 0
  for (let round = 0; round < 30; round++) {
    const traffic = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`t${n}`, 1 + ((n * 7 + round * 5) % 40)]))
    await serve(traffic)
    const others = sum((await read()).samples, total, { tenant: '_other' }) ?? 0
    t.true(others >= before, `${others} after ${before}`)
    before = others
  }
})

test('a renamed tenant goes on under its new name', async t => {
  const { serve, read, rename } = observer()
  await serve({ a: 3 })
  await serve({ a: 3 })
  rename('a', 'new-name')
  await serve({ a: 3 })
  await serve({ a: 4 })
  const { samples, tenants } = await read()
  t.deepEqual(tenants, ['_other', 'new-name'])
  t.is(sum(samples, total, { tenant: 'new-name' }), 4)
  t.is(sum(samples, 'rowgate_problems_total', { tenant: 'new-name' }), 4)
})

test('scrapes that follow each other closely have no NaN and no infinity', async t => {
  const { metrics, read } = observer()
  metrics.show([])
  for (let n = 0; n < 5; n++) {
    const { samples } = await read()
    t.true(samples.length > 20)
    for (const { name, value } of samples) t.true(Number.isFinite(Number(value)), `${name} ${value}`)
  }
})

test('figures of the database are shown while they are told, and only then', async t => {
  const { metrics, read } = observer()
  metrics.show([{ name: 'active_keys', organizationId: null, currency: '', value: 7 }])
  t.is(sum((await read()).samples, 'rowgate_active_keys'), 7)
  metrics.show(undefined)
  t.is(sum((await read()).samples, 'rowgate_active_keys'), undefined)
  t.is(sum((await read()).samples, 'rowgate_database_up'), 0)
})
