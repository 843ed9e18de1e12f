import test from 'ava'
import { networkOf } from '../../../server/rates/address.ts'
import { makeTake, takeAll, type Bucket } from '../../../server/rates/buckets.ts'
import { BucketMemo } from '../../../server/rates/memo.ts'

const bucket = (scope: string, quota: number, burst = 0, principal = 'p'): Bucket => ({
  scope,
  principal,
  quota,
  // So long that what leaks meanwhile does not matter.
  seconds: 600,
  burst
})

test('an IPv6 address stands for its network, an IPv4 address for itself', t => {
  t.is(networkOf('10.1.2.3'), '10.1.2.3')
  t.is(networkOf('::ffff:10.1.2.3'), '10.1.2.3')
  t.is(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  t.is(networkOf('2001:DB8:0001:2::1'), '2001:db8:1:2::/64')
  t.is(networkOf('::1'), '0:0:0:0::/64')
  t.is(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
  t.is(networkOf('1::2:3:4:5:6:7'), '1:0:2:3::/64')
})

test('a bucket gives its burst at once, and then what leaks out of it; another one is not touched', async t => {
  const take = makeTake(undefined, 1)
  const answers = []
  for (let n = 0; n < 22; n++) answers.push(await take(bucket('person', 3, 20), 1))
  t.is(answers.filter(({ allowed }) => allowed).length, 20)
  t.is(answers[3]!.remaining, 16)
  t.is(answers.at(-1)!.reset, 200, 'a third of the time')
  t.true((await take(bucket('person', 3, 20, 'another'), 1)).allowed)
  // A thousand in a second: there is room again as soon as some has leaked.
  const quick = { ...bucket('person', 1000, 1000), seconds: 1 }
  await take(quick, 1000)
  let tries = 1
  while (!(await take(quick, 1)).allowed) tries += 1
  t.true(tries >= 1)
})

test('what costs more than a bucket holds takes the whole of a full one', async t => {
  const take = makeTake(undefined, 1)
  t.true((await take(bucket('key', 5), 50)).allowed)
  t.false((await take(bucket('key', 5), 1)).allowed)
})

test('what the narrower bucket refuses is not taken from the wider one', async t => {
  const take = makeTake(undefined, 1)
  const buckets = [bucket('key', 2), bucket('tenant', 3)]
  for (let n = 0; n < 10; n++) await takeAll(take, buckets, 1)
  t.like(await take(bucket('tenant', 3), 1), { allowed: true, remaining: 0 }, 'two were taken, and this is the third')
})

test('what is known of a credential is asked for again after 2 seconds, by one request a second, and kept meanwhile', t => {
  let now = 1_000_000
  const memo = new BucketMemo(() => now)
  const [old, changed] = [[bucket('key', 1)], [bucket('key', 2)]]
  t.is(memo.find('a'), undefined)
  t.false(memo.claim('a'), 'who is not known asks anyway')
  memo.learn('a', old)
  t.is(memo.find('a'), old)
  t.is(memo.find('b'), undefined)
  now += 1999
  t.false(memo.claim('a'))
  now += 1
  t.true(memo.claim('a'))
  t.false(memo.claim('a'), 'somebody asks already')
  t.is(memo.find('a'), old)
  now += 1000
  t.true(memo.claim('a'), 'whoever asked got no answer')
  memo.learn('a', changed)
  t.is(memo.find('a'), changed)
  t.false(memo.claim('a'))
  now += 120_000
  t.is(memo.find('a'), undefined)
})
