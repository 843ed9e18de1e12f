import test from 'ava'
import { assertModest } from '../../server/limits.ts'
import { newSalt, stretch } from '../../server/password.ts'
import { HttpError } from '../../server/errors.ts'
import { startApi } from '../helpers/api.ts'

const refusal = (query: string) => {
  try {
    assertModest(query)
    return 'passed'
  } catch (error) {
    return error instanceof HttpError ? String(error.problem['rule']) : String(error)
  }
}
/** Each fragment uses the next one twice: 2^n fields. */
const doubling = (count: number, last: string) =>
  Array.from({ length: count }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ')
  + ` fragment F${count} on Query { ${last} } query { ...F0 }`

test('a document is measured with its fragments written out, in time that grows with its text', t => {
  t.is(refusal(doubling(5, '__typename')), 'passed')
  t.regex(refusal(doubling(200, '__typename')), /at most 1000 fields/)
  t.is(refusal(doubling(200, '...F0')), 'passed', 'a circle is left to validation')
  t.regex(refusal(`{ ${'a { '.repeat(21)} b ${'}'.repeat(21)} }`), /at most 20 levels/)
  t.is(refusal(`{ ${'a { '.repeat(19)} b ${'}'.repeat(19)} }`), 'passed')
  t.regex(refusal('{a'.repeat(100_000)), /at most/)
  t.regex(refusal(`{ ${'a '.repeat(30_000)} }`), /at most 20000 tokens/)
  const aliases = (count: number) =>
    Array.from({ length: count }, (_, n) => `a${n}: signOut(input: {}) { query { __typename } }`).join(' ')
  t.is(refusal(`mutation { ${aliases(10)} }`), 'passed')
  t.regex(refusal(`mutation { ${aliases(11)} }`), /at most 10 mutations/)
  t.regex(refusal(`mutation { ...M } fragment M on Mutation { ${aliases(11)} }`), /at most 10 mutations/)
  t.is(refusal('not graphql'), 'passed', 'what is wrong with it is told by the parser')
})

test('over HTTP a document that stands for too many fields is refused, and the next request is served', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const { status, errors } = await api.graphql(doubling(200, '__typename'))
  t.is(status, 400)
  t.is(errors![0]!.extensions['code'], 'QUERY_TOO_COMPLEX')
  t.is((await api.graphql('{ __typename }')).data.__typename, 'Query')
  t.is((await api.graphql(doubling(200, '...F0'))).errors![0]!.extensions['code'], 'GRAPHQL_INVALID')
})

test("bad cursors and arguments are the client's mistakes", async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const token = await api.join('cursor')
  for (const [query, code] of [
    ['{ organizations(after: "x") { nodes { id } } }', 'GRAPHQL_INVALID'],
    ['{ organizations(last: 1, offset: 1) { nodes { id } } }', 'GRAPHQL_INVALID'],
    ['mutation { createBudget(input: { limitAmount: "abc" }) { result { id } } }', 'INVALID_INPUT'],
    ['mutation { createTeam(input: { name: "a\\u0000b" }) { result { id } } }', 'INVALID_INPUT']
  ] as const) {
    const { errors } = await api.graphql(query, { token })
    t.is(errors![0]!.extensions['code'], code, query)
    t.true(errors![0]!.extensions['status'] < 500)
  }
})

test('more sign-ins at once than can be checked are refused, the others are served', async t => {
  const salt = newSalt()
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => stretch('password', salt)))
  const refused = results.filter(({ status }) => status === 'rejected')
  t.is(refused.length, 8, 'two at work, twenty waiting')
  t.is((refused[0] as PromiseRejectedResult).reason.problem.code, 'TOO_MANY_SIGN_INS')
  const [first] = results as PromiseFulfilledResult<Buffer>[]
  t.deepEqual(await stretch('password', salt), first!.value, 'and it goes on afterwards')
})

test('variables that are nested without end are refused before anybody reads them', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const ask = async (depth: number) => {
    const body = `{"query":"query ($a: JSON) { __typename }","variables":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body
    })
    const { errors } = (await response.json()) as any
    return { status: response.status, rule: errors?.[0].extensions.rule }
  }
  t.deepEqual(await ask(100_000), { status: 400, rule: 'variables: at most 100 levels.' })
  t.not((await ask(50)).rule, 'variables: at most 100 levels.')
})
