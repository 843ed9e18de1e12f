import { createHash } from 'node:crypto'
import { startServer } from '../../server/index.ts'
import { makeLog } from '../../server/log.ts'
import { testConfig } from '../helpers/api.ts'
import { newKey } from '../helpers/keys.ts'
import type { Proof } from '../helpers/proof.ts'
import { samplesOf, sum } from '../helpers/scrape.ts'

const named = 20
const keyOf = (tenant: number, n = 1) =>
  newKey('live', hashed(`id ${tenant} ${n}`, 12), hashed(`key ${tenant} ${n}`, 43))
const hashed = (text: string, size: number) => createHash('sha256').update(text).digest('hex').slice(0, size)

export default {
  title:
    'with 10,000 tenants and 100,000 keys /metrics answers within a second, bounded, and nothing is lost from the sums',
  family: 'observability',
  breaks: 'series for every tenant',
  async run({ database, keep, log, short, broken }) {
    const tenants = short ? 200 : 10_000
    const { admin, apiUrl } = await database()
    await admin.query(
      `insert into app_public.organizations (name, slug)
       select format('Tenant %s', n), format('tenant-%s', n) from generate_series(1, $1) as n`,
      [tenants]
    )
    const made = Array.from({ length: tenants * 10 }, (_, n) => {
      const tenant = 1 + Math.floor(n / 10)
      return { tenant, ...keyOf(tenant, 1 + (n % 10)) }
    })
    await admin.query(
      `with keys as (
         select organizations.id as organization_id, app_hidden.uuid_v7() as key_id, made.*
         from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as made (tenant, prefix, last_four, hash)
           join app_public.organizations on organizations.slug = 'tenant-' || made.tenant
       ), stored as (
         insert into app_public.org_api_keys (id, organization_id, name, key_prefix, last_four, scopes)
         select key_id, organization_id, 'key', prefix, last_four, '{organization:read}' from keys
       )
       insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash)
       select organization_id, key_id, decode(hash, 'hex') from keys`,
      [
        made.map(({ tenant }) => tenant),
        made.map(({ prefix }) => prefix),
        made.map(({ lastFour }) => lastFour),
        made.map(({ hash }) => hash.toString('hex'))
      ]
    )
    await admin.query('analyze')
    const server = await startServer(
      {
        ...testConfig(apiUrl),
        metrics: { port: 0, token: undefined, tenants: broken ? tenants : named }
      },
      makeLog('silent')
    )
    keep(server.close)

    const ask = async (tenant: number) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf(tenant).key}` },
        body: '{"query":"{ organizations { totalCount } }"}'
      })
      const { errors } = (await response.json()) as { errors?: unknown }
      if (errors) throw new Error(JSON.stringify(errors))
    }
    let requests = 0
    let reportMs = 0
    // In the second round tenants have their labels.
    for (let round = 1; round <= 2; round++) {
      for (let first = 1; first <= tenants; first += 50) {
        const some = Array.from({ length: Math.min(50, tenants - first + 1) }, (_, n) => first + n)
        await Promise.all(some.map(ask))
        requests += some.length
      }
      const begun = performance.now()
      await server.report()
      reportMs = Math.max(reportMs, performance.now() - begun)
      log(`round ${round}: ${requests} requests`)
    }

    let slowestMs = 0
    let text = ''
    for (let n = 0; n < 20; n++) {
      const begun = performance.now()
      text = await (await fetch(server.metricsUrl!)).text()
      slowestMs = Math.max(slowestMs, performance.now() - begun)
    }
    const samples = samplesOf(text)
    const counted = sum(samples, 'rowgate_tenant_requests_total') ?? 0
    const answered = sum(samples, 'rowgate_http_requests_total', { route: '/graphql' }) ?? 0
    const reported = (await admin.query('select sum(requests)::int as sum from app_public.health_minutes')).rows[0].sum
    const labels = new Set(samples.flatMap(({ labels }) => labels['tenant'] ?? [])).size
    const nonsense = samples.filter(({ value }) => !Number.isFinite(Number(value))).length
    return {
      passed:
        slowestMs < 1000
        && labels <= named + 2
        && nonsense === 0
        && [counted, answered, reported].every(count => count === requests)
        && sum(samples, 'rowgate_active_keys') === tenants * 10,
      figures: {
        tenants,
        keys: sum(samples, 'rowgate_active_keys'),
        requests,
        counted,
        reported,
        tenantLabels: labels,
        samples: samples.length,
        kilobytes: Math.round(text.length / 1000),
        nonsense,
        slowestScrapeMs: Math.round(slowestMs),
        slowestReportMs: Math.round(reportMs)
      }
    }
  }
} satisfies Proof
