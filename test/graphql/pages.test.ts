import test from 'ava'
import { startApi } from '../helpers/api.ts'
import { unlimit } from '../helpers/organization.ts'

test('a list has 100 rows unless told, at most 1,000, and says when there are more', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('pager')
  await api.graphql('mutation { createOrganization(input: { name: "P", slug: "pages" }) { result { id } } }', { token })
  await unlimit(api.database.admin, 'pages')
  await api.database.admin.query(
    `insert into app_public.teams (organization_id, name)
     select id, 'team ' || n from app_public.organizations cross join generate_series(1, 1200) as n`
  )
  const ask = async (args: string, variables = {}) => {
    const head = Object.keys(variables).length ? 'query ($first: Int)' : ''
    const { data, errors } = await api.graphql(
      `${head} { organizations { nodes { teams${args} { nodes { name } totalCount pageInfo { hasNextPage hasPreviousPage } } } } }`,
      { token, variables }
    )
    if (errors) return errors[0]!.extensions['code']
    const { nodes, totalCount, pageInfo } = data.organizations.nodes[0].teams
    return { rows: nodes.length, totalCount, ...pageInfo }
  }
  const page = (rows: number, hasNextPage: boolean, hasPreviousPage = false) => ({
    rows,
    totalCount: 1200,
    hasNextPage,
    hasPreviousPage
  })
  t.deepEqual(await ask(''), page(100, true))
  t.deepEqual(await ask('(first: 3)'), page(3, true))
  t.deepEqual(await ask('(first: 1000)'), page(1000, true))
  t.deepEqual(await ask('(first: 1000, offset: 1000)'), page(200, false, true))
  t.deepEqual(await ask('(last: 2)'), page(2, false, true))
  t.is(await ask('(first: 1001)'), 'GRAPHQL_INVALID')
  t.is(await ask('(last: 1001)'), 'GRAPHQL_INVALID')
  t.deepEqual(await ask('(first: $first)', { first: 5 }), page(5, true))
  t.deepEqual(await ask('(first: $first)', { first: null }), page(100, true))
  t.is(await ask('(first: $first)', { first: 1001 }), 'GRAPHQL_INVALID')
  const root = await api.graphql('{ teams { nodes { id } } }', { token })
  t.is(root.data.teams.nodes.length, 100)
})

test('a list that a function answers has the same pages', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('lister')
  await api.graphql('mutation { createOrganization(input: { name: "L", slug: "lists" }) { result { id } } }', { token })
  const names = async (args: string) => {
    const { data, errors } = await api.graphql(`{ searchOrganizations(query: "l"${args}) { nodes { slug } } }`, {
      token
    })
    return errors ? errors[0]!.extensions['code'] : data.searchOrganizations.nodes.map(({ slug }: any) => slug)
  }
  t.deepEqual(await names(''), ['lists'])
  t.deepEqual(await names(', first: 0'), [])
  t.is(await names(', first: 1001'), 'GRAPHQL_INVALID')
  const sessions = await api.graphql('{ mySessions { nodes { current } } }', { token })
  t.deepEqual(sessions.data.mySessions.nodes, [{ current: true }])
})
