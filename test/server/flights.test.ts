import test from 'ava'
import { startApi } from '../helpers/api.ts'
import { openDatabase } from '../helpers/database.ts'
import { startProxy } from '../helpers/proxy.ts'

test('a request is one network flight to the database, for a person and for an API key', async t => {
  const database = await openDatabase()
  const proxy = await startProxy(database.apiUrl)
  const api = await startApi({ databaseUrl: proxy.url, poolSize: 1 }, database)
  t.teardown(async () => {
    await api.close()
    await proxy.stop()
    await database.close()
  })
  const token = await api.join('flyer')
  await api.graphql('mutation { createOrganization(input: { name: "F", slug: "flights" }) { result { id } } }', {
    token
  })
  const { data } = await api.graphql('mutation { createApiKey(input: { name: "k" }) { result { key } } }', { token })
  const { key } = data.createApiKey.result

  const flights = async (query: string, as: string) => {
    const before = proxy.flights()
    const answer = await api.graphql(query, { token: as })
    return { flights: proxy.flights() - before, status: answer.status, errors: answer.errors?.length ?? 0 }
  }
  const read = '{ organizations { nodes { name members { nodes { role user { name } } } teams { nodes { name } } } } }'
  const record = (n: number) =>
    `mutation { recordUsage(input: { idempotencyKey: "${n}", service: "s", model: "m", cost: 1 }) { result { id } } }`
  t.deepEqual(await flights(read, token), { flights: 1, status: 200, errors: 0 })
  t.deepEqual(await flights(record(1), key), { flights: 1, status: 200, errors: 0 })
  t.deepEqual(await flights(record(2), key), { flights: 1, status: 200, errors: 0 })
  t.is(proxy.connections(), 1, 'all of it on one connection')
})
