import test from 'ava'
import { pino } from 'pino'
import { Webhook } from 'standardwebhooks'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { startReceiver, type Received } from '../helpers/receiver.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { drained, workerConfig } from '../helpers/worker.ts'
import { isPublic, makePost } from '../../worker/webhook.ts'

const silent = pino({ level: 'silent' })

/** An organization with a budget of 100, a key that uses it, and a webhook for its thresholds. */
async function scene(t: import('ava').ExecutionContext, kind = 'webhook') {
  const database = await openDatabase()
  const { asUser, asKey, close } = personas(database)
  const receiver = await startReceiver()
  t.teardown(async () => {
    await receiver.close()
    await close()
    await database.close()
  })
  const { admin } = database
  const organization = await found({ admin, asUser }, { owner: 'owner' }, 100)
  const { owner } = organization.people
  const { persona: key } = await foundKey({ admin, asKey }, organization.id, organization.ids.owner)
  const made = await owner('select secret, (alert_channel).id from app_public.create_alert_channel($1, $2, $3)', [
    kind,
    'Our system',
    receiver.url
  ])
  const { id: channelId, secret } = made.rows[0] as { id: string; secret: string }
  const rule = async (thresholds: number[]) =>
    (
      await owner(
        "select id from app_public.create_alert_rule('threshold', 'Half and more', $1, channel_ids => array[$2::uuid])",
        [thresholds, channelId]
      )
    ).rows[0]!['id'] as string
  const use = (id: string, cost: number) =>
    key('select app_public.record_usage($1, $2, $3, $4)', [id, 'openai', 'gpt-5', cost])
  const work = async () => {
    const worker = await startWorker(workerConfig(database, { mailDirectory: '/tmp' }), silent)
    await drained(database)
    await worker.close()
  }
  // The mails of the rules that every organization begins with are not what this is about.
  await owner('select app_public.mute_alert_rule(id) from app_public.alert_rules')
  const deliveries = async () =>
    (await owner('select * from app_public.alert_deliveries where user_id is null order by created_at, id')).rows
  return { database, organization, owner, receiver, channelId, secret, rule, use, work, deliveries }
}

const read = (secret: string, { headers, body }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: Record<string, unknown> }

test('a threshold of a rule goes to its webhook, signed, once, whoever books', async t => {
  const { receiver, secret, rule, use, work, deliveries } = await scene(t)
  const ruleId = await rule([55, 90])
  await use('a', 54)
  await work()
  t.is(receiver.all.length, 0, 'nothing is crossed yet')
  await use('b', 1)
  await use('c', 1)
  await work()
  t.is(receiver.all.length, 1)
  const { type, data } = read(secret, receiver.all[0]!)
  t.is(type, 'alert.threshold')
  t.like(data, { rule_id: ruleId, threshold: 55, limit: '100', used: '55', unit: 'USD' })
  const [delivery] = await deliveries()
  t.like(delivery, { status: 'delivered', attempts: 1, response_status: 204, problem: null })
  t.is(receiver.all[0]!.headers['webhook-id'], delivery!['id'])
  t.throws(() => read('whsec_' + Buffer.alloc(32).toString('base64'), receiver.all[0]!), undefined, 'another secret')
  await use('d', 40)
  await work()
  t.deepEqual(
    receiver.all.map(each => read(secret, each).data['threshold']),
    [55, 90]
  )
})

const tried = (admin: import('pg').Pool) =>
  admin.query('update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null')

test('what is not taken is tried again with the same id, and a channel that takes nothing for long is disabled and somebody told', async t => {
  const { database, owner, receiver, rule, use, deliveries, channelId } = await scene(t)
  const smtp = await startSmtp()
  t.teardown(() => smtp.close())
  const { admin } = database
  await rule([50])
  receiver.answer(500)
  await use('a', 60)
  const worker = await startWorker(workerConfig(database, { smtpUrl: smtp.url }), silent)
  for (let attempt = 1; attempt <= 13; attempt++) {
    await receiver.received(attempt)
    while ((await deliveries())[0]!['problem'] === null || receiver.all.length < attempt) continue
    await tried(admin)
    while (receiver.all.length === attempt && (await deliveries())[0]!['status'] === 'pending') await tried(admin)
  }
  await drained(database)
  await worker.close()
  t.is(receiver.all.length, 13)
  t.is(new Set(receiver.all.map(({ headers }) => headers['webhook-id'])).size, 1)
  t.like((await deliveries())[0], {
    status: 'failed',
    attempts: 13,
    response_status: 500,
    problem: 'The answer was 500.'
  })
  const channel = async () =>
    (await owner('select status, failing_since from app_public.alert_channels where id = $1', [channelId])).rows[0]!
  t.is((await channel())['status'], 'disabled')
  t.deepEqual(
    smtp.mails.map(({ to }) => to[0]!.split('@')[0]),
    ['owner']
  )
  t.regex(smtp.mails[0]!.content, /alerts no longer go to Our system/)

  await use('b', 1)
  const [delivery] = await deliveries()
  await t.throwsAsync(owner('select app_public.resend_alert($1)', [delivery!['id']]), { message: 'CHANNEL_DISABLED' })
  t.like((await deliveries())[0], { status: 'failed' }, 'a refusal changes nothing')
  await owner('select app_public.enable_alert_channel($1)', [channelId])
  receiver.answer(204)
  await owner('select app_public.resend_alert($1)', [delivery!['id']])
  const again = await startWorker(workerConfig(database, { smtpUrl: smtp.url }), silent)
  await drained(database)
  await again.close()
  t.like((await deliveries())[0], { status: 'delivered', resends: 1, attempts: 1 })
  t.is(receiver.all.at(-1)!.headers['webhook-id'], delivery!['id'])
  t.deepEqual(await channel(), { status: 'active', failing_since: null })
})

test('a receiver that says it is gone is not asked again', async t => {
  const { receiver, owner, rule, use, work, deliveries } = await scene(t)
  await rule([50])
  receiver.answer(410)
  await use('a', 60)
  await work()
  t.is(receiver.all.length, 1)
  t.like((await deliveries())[0], { status: 'failed', attempts: 1 })
  const { rows } = await owner("select status from app_public.alert_channels where kind = 'webhook'")
  t.deepEqual(rows, [{ status: 'disabled' }])
})

test('a redirect is not followed', async t => {
  const elsewhere = await startReceiver()
  t.teardown(() => elsewhere.close())
  const answer = await makePost({ anywhere: true })
  const { receiver } = await scene(t)
  receiver.answer(302, { location: elsewhere.url })
  t.deepEqual(await answer({ url: receiver.url, id: 'x', body: '{}', secrets: [] }), {
    delivered: false,
    status: 302,
    problem: 'The answer was 302.'
  })
  t.is(elsewhere.all.length, 0)
})

test('a rotated secret signs beside the old one, and after a day alone', async t => {
  const { receiver, owner, secret, channelId, rule, use, work, database } = await scene(t)
  await rule([50, 60])
  const { rows } = await owner('select secret from app_public.rotate_alert_channel_secret($1)', [channelId])
  const fresh = rows[0]!['secret'] as string
  t.not(fresh, secret)
  await use('a', 50)
  await work()
  t.notThrows(() => read(secret, receiver.all[0]!))
  t.notThrows(() => read(fresh, receiver.all[0]!))
  await database.admin.query('update app_private.alert_channel_secrets set old_until = now()')
  await use('b', 10)
  await work()
  t.notThrows(() => read(fresh, receiver.all[1]!))
  t.throws(() => read(secret, receiver.all[1]!))
})

test('a muted rule lists its alerts and sends nothing, and one that is no longer muted sends', async t => {
  const { receiver, owner, rule, use, work } = await scene(t)
  const id = await rule([50, 60])
  await owner("select app_public.mute_alert_rule($1, now() + interval '1 hour')", [id])
  await use('a', 50)
  await work()
  t.is(receiver.all.length, 0)
  const events = async () =>
    (
      await owner('select muted, acknowledged_by from app_public.alert_events where rule_id = $1 order by created_at', [
        id
      ])
    ).rows
  t.deepEqual(await events(), [{ muted: true, acknowledged_by: null }])
  await owner('select app_public.mute_alert_rule($1, now())', [id])
  await use('b', 10)
  await work()
  t.is(receiver.all.length, 1)
  await owner('select app_public.acknowledge_alert(id) from app_public.alert_events where not muted')
  t.truthy((await events())[1]!['acknowledged_by'])
})

test('Slack gets a message, without a signature and with its markup escaped', async t => {
  const { receiver, owner, rule, use, work } = await scene(t, 'slack')
  await owner("select app_public.update_organization(name => 'A <&> B')")
  await rule([50])
  await use('a', 50)
  await work()
  const [{ body, headers }] = receiver.all as [Received]
  t.deepEqual(Object.keys(JSON.parse(body)), ['text'])
  t.regex(JSON.parse(body).text, /^\*A &lt;&amp;&gt; B: 50 % of a budget is used\*\n/)
  t.is(headers['webhook-signature'], undefined)
})

test('only public addresses are tried over https, and the name is asked for once', async t => {
  const receiver = await startReceiver()
  t.teardown(() => receiver.close())
  const webhook = { id: 'x', body: '{}', secrets: [] }
  const port = new URL(receiver.url).port
  const strict = makePost({ anywhere: false })
  for (const [host, problem] of [
    ['https://127.0.0.1', 'not a public one'],
    ['https://localhost', 'not a public one'],
    ['https://0x7f.1', 'not a public one'],
    ['https://[::1]', 'not a public one'],
    ['https://[::ffff:127.0.0.1]', 'not a public one'],
    ['https://[fe80::1]', 'not a public one'],
    ['https://[64:ff9b::7f00:1]', 'not a public one'],
    ['https://169.254.169.254', 'not a public one'],
    ['https://100.64.0.1', 'not a public one'],
    ['https://224.0.0.1', 'not a public one'],
    ['https://10.0.0.1', 'not a public one'],
    ['https://0.0.0.0', 'not a public one'],
    ['http://127.0.0.1', 'not https']
  ] as const) {
    const { delivered, problem: said } = await strict({ ...webhook, url: `${host}:${port}/` })
    t.false(delivered)
    t.true(said?.includes(problem), `${host}: ${said}`)
  }
  t.is(receiver.all.length, 0)

  // A name of several addresses is as good as its worst one.
  const mixed = makePost({
    anywhere: false,
    lookup: async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 }
    ]
  })
  t.like(await mixed({ ...webhook, url: `https://hooks.example.com:${port}/` }), {
    problem: 'The address is not a public one.'
  })

  // The control: the address that was looked at is the one that is connected to, whatever the name is next time.
  let asked = 0
  const once = makePost({
    anywhere: true,
    lookup: async () => [{ address: asked++ ? '192.0.2.1' : '127.0.0.1', family: 4 }]
  })
  t.like(await once({ ...webhook, url: `http://no-such-name.invalid:${port}/` }), { delivered: true, status: 204 })
  t.is(asked, 1)
  t.true(isPublic('93.184.215.14') && isPublic('2606:2800:21f:cb07:6820:80da:af6b:8b2c'))
})

test('a day of alerts is one mail where somebody wants that', async t => {
  const { database, owner, organization, use } = await scene(t)
  const smtp = await startSmtp()
  t.teardown(() => smtp.close())
  const { rows } = await owner(
    "select (alert_channel).id from app_public.create_alert_channel('email', 'Quiet', user_id => $1, digest => true)",
    [organization.ids.owner]
  )
  await owner("select app_public.create_alert_rule('threshold', 'Quiet', '{30,40}', channel_ids => array[$1::uuid])", [
    rows[0]!['id']
  ])
  await use('a', 35)
  await use('b', 10)
  const digests = async () => (await database.admin.query('select app_hidden.queue_digests() as count')).rows[0].count
  t.is(await digests(), 0, 'they wait for 8 o’clock')
  await database.admin.query("update app_public.alert_deliveries set created_at = created_at - interval '1 day'")
  t.is(await digests(), 1)
  t.is(await digests(), 0, 'once')
  const worker = await startWorker(workerConfig(database, { smtpUrl: smtp.url }), silent)
  await drained(database)
  await worker.close()
  t.is(smtp.mails.length, 1)
  t.regex(smtp.mails[0]!.content, /: 2 alerts/)
})
