import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'
import type { Persona } from '../../helpers/personas.ts'

// Usage in dollars, an organization in yuan, a budget in euros: each record keeps the rate to both.
const stage = openStage(test)
const rates = (toYuan: number, toEuro: number) =>
  stage.admin.query(
    `select app_hidden.set_exchange_rate('USD', 'CNY', $1, '2000-01-01T00:00Z'),
       app_hidden.set_exchange_rate('USD', 'EUR', $2, '2000-01-01T00:00Z')`,
    [toYuan, toEuro]
  )
const record = "select * from app_public.record_usage($1, 's', 'm', $2, 'USD')"
const authorize = "select * from app_public.authorize_usage($1, 's', 'm', $2, 'USD')"
const settle = 'select * from app_public.settle_usage($1, $2)'
const correct = 'select * from app_public.correct_usage($1, $2, cost => $3)'

test.serial.before(() => rates(7, 0.5))
test.afterEach.always(() => rates(7, 0.5))

async function chinese() {
  const organization = await found(stage, { owner: 'owner' })
  await organization.people.owner("select app_public.update_metering(currency => 'CNY')")
  await organization.people.owner("select app_public.create_budget(1000000, currency => 'EUR', thresholds => '{}')")
  return organization
}
const figures = async (owner: Persona) =>
  (await owner('select settled::text, held::text, currency from app_public.budget_status()')).rows.map(
    ({ settled, held, currency }) => [settled, held, currency]
  )
const one = async (owner: Persona, sql: string, values: unknown[]) => (await owner(sql, values)).rows[0]!

test.serial('A correction and a refund are changed by the rates of the record, whatever they are by then.', async t => {
  const { people } = await chinese()
  const { id, charged, exchange_rate } = await one(people.owner, record, ['a', 10])
  t.deepEqual([Number(charged), exchange_rate], [70, '7'])
  t.deepEqual(await figures(people.owner), [['5', '0', 'EUR']])
  await rates(8, 0.9)
  t.is(Number((await one(people.owner, correct, [id, 'more', 12]))['charged']), 14)
  t.deepEqual(await figures(people.owner), [['6', '0', 'EUR']])
  await one(people.owner, correct, [id, 'refund', 0])
  t.deepEqual(await figures(people.owner), [['0', '0', 'EUR']], 'a refund leaves nothing behind')
  t.is(Number((await one(people.owner, record, ['b', 10]))['charged']), 80, 'a new use has the new rates')
  t.deepEqual(await figures(people.owner), [['9', '0', 'EUR']])
})

test.serial('What was authorized is settled by the rates of then, and so are corrections of that.', async t => {
  const { people } = await chinese()
  const { id } = await one(people.owner, authorize, ['a', 10])
  t.deepEqual(await figures(people.owner), [['0', '5', 'EUR']])
  await rates(8, 0.9)
  const settled = await one(people.owner, settle, [id, 8])
  t.is(Number(settled['charged']), 56)
  t.deepEqual(await figures(people.owner), [['4', '0', 'EUR']])
  t.is(Number((await one(people.owner, correct, [settled['id'], 'more', 10]))['charged']), 14)
  t.deepEqual(await figures(people.owner), [['5', '0', 'EUR']])
})

test.serial('Alone or in a batch, an event is changed alike, and keeps its rate.', async t => {
  const { people } = await chinese()
  const event = (key: string) => ({ idempotency_key: key, service: 's', model: 'm', cost: 10, currency: 'USD' })
  const batch = async (...keys: string[]) =>
    (await people.owner('select * from app_public.record_usage_batch($1)', [JSON.stringify(keys.map(event))])).rows.map(
      ({ status, code }) => code ?? status
    )
  t.deepEqual(await batch('a', 'b'), ['recorded', 'recorded'])
  await one(people.owner, record, ['c', 10])
  t.deepEqual(await figures(people.owner), [['15', '0', 'EUR']])
  const ids = (await people.owner('select id from app_public.usage_records')).rows.map(row => row['id'])
  await rates(8, 0.9)
  for (const id of ids) await one(people.owner, correct, [id, `no ${id}`, 0])
  t.deepEqual(await figures(people.owner), [['0', '0', 'EUR']])
})

test.serial('A new budget counts what its period has used by rates that stay as well.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  await people.owner("select app_public.update_metering(currency => 'CNY')")
  const { id } = await one(people.owner, record, ['a', 10])
  await people.owner("select app_public.create_budget(1000, currency => 'EUR')")
  t.deepEqual(await figures(people.owner), [['5', '0', 'EUR']])
  await rates(8, 0.9)
  await one(people.owner, correct, [id, 'no', 0])
  t.deepEqual(await figures(people.owner), [['0', '0', 'EUR']])
})

test.serial(
  'Without a rate to the currency of a budget, a use is refused alone as in a batch, and never left out.',
  async t => {
    const { people } = await chinese()
    await people.owner("select app_public.create_budget(10, currency => 'SEK')")
    await refused(t, stage, () => people.owner(record, ['a', 10]), 'CURRENCY_MISMATCH')
    const { rows } = await people.owner('select code from app_public.record_usage_batch($1)', [
      JSON.stringify([{ idempotency_key: 'a', service: 's', model: 'm', cost: 10, currency: 'USD' }])
    ])
    t.deepEqual(rows, [{ code: 'CURRENCY_MISMATCH' }])
    await stage.admin.query("select app_hidden.set_exchange_rate('USD', 'SEK', 1, '2000-01-01T00:00Z')")
    t.is(await outcome(people.owner(record, ['a', 10])), '1 row')
    await stage.admin.query("delete from app_public.exchange_rates where to_currency = 'SEK'")
  }
)

test.serial('What is priced later is charged once, to a budget in its own currency too.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  await people.owner("select app_public.update_metering(currency => 'CNY')")
  await people.owner("select app_public.create_budget(1000, currency => 'GBP')")
  const { pricing } = await one(people.owner, "select * from app_public.record_usage('a', 's', 'm', 10, 'GBP')", [])
  t.is(pricing, 'unpriced', 'nobody knows what a pound is in yuan')
  t.deepEqual(await figures(people.owner), [['0', '0', 'GBP']])
  await stage.admin.query("select app_hidden.set_exchange_rate('GBP', 'CNY', 9, '2000-01-01T00:00Z')")
  t.is((await one(people.owner, "select app_public.reprice_usage('s', 'm') as count", []))['count'], 1)
  t.deepEqual(await figures(people.owner), [['10', '0', 'GBP']])
})
