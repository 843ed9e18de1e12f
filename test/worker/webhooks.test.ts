import test from 'ava'
import { pino } from 'pino'
import { Webhook } from 'standardwebhooks'
import { startWorker } from '../../worker/index.ts'
import { openDatabase } from '../helpers/database.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { startReceiver, type Received } from '../helpers/receiver.ts'
import { drained, workerConfig } from '../helpers/worker.ts'

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
  const channel = async (url = receiver.url) => {
    const { rows } = await owner('select * from app_public.create_alert_channel($1, $2, $3)', [kind, 'Our system', url])
    const id = /^\(([^,]+)/.exec(String(rows[0]!['alert_channel']))?.[1]
    return { id: id ?? rows[0]!['alert_channel'].id, secret: rows[0]!['secret'] as string }
  }
  const { id: channelId, secret } = await channel()
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
