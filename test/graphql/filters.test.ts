import test from 'ava'
import { startApi } from '../helpers/api.ts'

test('a list is narrowed by a filter, within what its reader may see', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('filterer')
  await api.graphql('mutation { createOrganization(input: { name: "F", slug: "filters" }) { result { id } } }', {
    token
  })
  await api.database.admin.query(
    `insert into app_public.organizations (name, slug, plan) values ('Other', 'filters-other', 'enterprise');
     insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select id, 'openai', 'gpt-' || n, n, 'USD', n, 'USD', timestamptz '2026-01-01 00:00Z' + n * interval '1 day'
     from app_public.organizations cross join generate_series(0, 9) as n`
  )
  const ask = async (filter: string, variables = {}) => {
    const head = Object.keys(variables).length ? 'query ($from: Datetime!)' : ''
    const { data, errors } = await api.graphql(
      `${head} { usageRecords(filter: ${filter}, orderBy: OCCURRED_AT_DESC) { nodes { model } } }`,
      { token, variables }
    )
    return errors ? errors[0]!.extensions['code'] : data.usageRecords.nodes.map(({ model }: any) => model).join(' ')
  }
  const between = '{ occurredAt: { greaterThanOrEqualTo: "2026-01-03T00:00Z", lessThan: "2026-01-06T00:00Z" } }'
  t.is(await ask(between), 'gpt-4 gpt-3 gpt-2')
  t.is(await ask('{ occurredAt: { greaterThanOrEqualTo: $from } }', { from: '2026-01-09T00:00Z' }), 'gpt-9 gpt-8')
  t.is(await ask('{ model: { in: ["gpt-1", "gpt-7"] } }'), 'gpt-7 gpt-1')
  t.is(await ask('{ model: { equalTo: "gpt-1" }, service: { notEqualTo: "openai" } }'), '')
  t.is(await ask('{ teamId: { isNull: false } }'), '')
  for (const wrong of [
    '{ occurredAt: { equalTo: "soon" } }',
    '{ model: { equalTo: null } }',
    '{ model: null }',
    '{}'
  ]) {
    t.regex(await ask(wrong), /INVALID/, wrong)
  }
  t.is(await ask('{ model: { likeInsensitive: "%" } }'), 'GRAPHQL_INVALID', 'no patterns: they scan')
})
