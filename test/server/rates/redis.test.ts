import test from 'ava'
import { startApi, type Api } from '../../helpers/api.ts'
import { openDatabase } from '../../helpers/database.ts'
import { unlimit } from '../../helpers/organization.ts'
import { startRedis } from '../../helpers/redis.ts'

test('Redis counts for all nodes; without it each gives its share and serves on; when it is back it counts again', async t => {
  const redis = await startRedis()
  const database = await openDatabase()
  const nodes = await Promise.all(
    [1, 2].map(() => startApi({ rateLimits: true, addressRate: 10_000, redisUrl: redis.url, nodes: 2 }, database))
  )
  const [one, two] = nodes as [Api, Api]
  t.teardown(async () => {
    await Promise.all(nodes.map(node => node.close()))
    await redis.stop()
    await database.close()
  })
  const token = await one.join('shared')
  await one.graphql('mutation { createOrganization(input: { name: "S", slug: "shared" }) { result { id } } }', {
    token
  })
  // It has more keys than the free plan.
  await unlimit(database.admin, 'shared')
  const key = async (rateLimit: number) => {
    const { data } = await one.graphql(
      `mutation { createApiKey(input: { name: "k", rateLimit: ${rateLimit} }) { result { key } } }`,
      { token }
    )
    return data.createApiKey.result.key as string
  }
  const ask = async (node: Api, as: string) =>
    (await node.graphql('{ organizations { nodes { id } } }', { token: as })).status
  /** What a key gets of both nodes, a request at a time, the nodes in turn. */
  const served = async (as: string, requests: number) => {
    const statuses: number[] = []
    for (let n = 0; n < requests; n++) statuses.push(await ask(nodes[n % 2]!, as))
    t.deepEqual(
      statuses.filter(status => status !== 200 && status !== 429),
      []
    )
    return statuses.filter(status => status === 200).length
  }
  const logged = async (node: Api, words: RegExp) => {
    while (!node.logs.some(({ msg }) => words.test(msg))) await ask(node, spare)
  }
  const spare = await key(1_000_000)

  t.is(await served(await key(4), 10), 4, 'together four, as with one node')

  const during = await key(8)
  // The first one is counted when it has been answered; when the second one is, both stand in Redis.
  t.is(await ask(one, during), 200)
  t.is(await ask(one, during), 200)
  await redis.kill()
  t.is(await served(during, 20), 8, 'four of each')
  for (const node of nodes) await logged(node, /Redis is out of reach/)

  await redis.start()
  for (const node of nodes) await logged(node, /Redis is back/)
  t.is(await served(await key(4), 10), 4)

  redis.freeze()
  t.is(await served(await key(8), 20), 8, 'one that no longer answers is like one that is gone')
  t.is(await ask(two, spare), 200)
})
