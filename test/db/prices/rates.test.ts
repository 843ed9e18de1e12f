import test from 'ava'
import { outcome } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)

const rate = (from: string, to: string, at = '2026-06-01T00:00Z') =>
  value<string | null>(stage, 'select app_hidden.exchange_rate($1, $2, $3)::text', [from, to, at])
const set = (from: string, to: string, rate: string, since: string) =>
  stage.admin.query('select app_hidden.set_exchange_rate($1, $2, $3, $4)', [from, to, rate, since])

test.serial.before(async () => {
  await stage.admin.query('delete from app_public.exchange_rates')
  await set('EUR', 'USD', '1.25', '2026-01-01T00:00Z')
  await set('USD', 'JPY', '160', '2026-01-01T00:00Z')
  await set('GBP', 'EUR', '1.2', '2026-01-01T00:00Z')
  await set('EUR', 'CHF', '0.9', '2026-01-01T00:00Z')
})

test('A rate is as listed, the inverse of what is listed, or by way of USD, then EUR.', async t => {
  t.is(await rate('EUR', 'USD'), '1.25')
  t.is(await rate('USD', 'EUR'), '0.8')
  t.is(await rate('JPY', 'USD'), '0.00625')
  t.is(await rate('EUR', 'JPY'), '200')
  t.is(await rate('JPY', 'EUR'), '0.005')
  t.is(await rate('GBP', 'CHF'), '1.08')
  t.is(await rate('CHF', 'GBP'), '0.925925925925925926', 'eighteen decimals')
})

test('A currency is itself, known or not.', async t => {
  t.is(await rate('USD', 'USD'), '1')
  t.is(await rate('XXX', 'XXX'), '1')
})

test('What is not listed, or not by way of one base, is unknown and not one.', async t => {
  t.is(await rate('EUR', 'SEK'), null)
  t.is(await rate('GBP', 'JPY'), null)
  t.is(await rate('EUR', 'USD', '2025-12-31T23:59:59.999999Z'), null)
})

test.serial('A new rate ends the old one, which still is what it was then.', async t => {
  await set('EUR', 'USD', '1.5', '2026-03-01T00:00Z')
  t.is(await rate('EUR', 'USD', '2026-02-28T23:59:59.999999Z'), '1.25')
  t.is(await rate('EUR', 'USD', '2026-03-01T00:00Z'), '1.5')
  const insert = `insert into app_public.exchange_rates (from_currency, to_currency, rate, valid_from)
    values ('EUR', 'USD', 2, '2026-02-01T00:00Z')`
  t.is(await outcome(stage.admin.query(insert)), 'exchange_rates_one_at_a_time')
  await set('EUR', 'USD', '1.25', '2026-03-01T00:00Z')
  t.is(await rate('EUR', 'USD'), '1.25', 'set again from the same moment on, it is replaced')
})

test.serial('A rate that can not be is refused.', async t => {
  for (const [from, to, amount, since, constraint] of [
    ['EUR', 'EUR', '1', '2026-01-01T00:00Z', 'exchange_rates_two_currencies'],
    ['EUR', 'usd', '1', '2026-01-01T00:00Z', 'exchange_rates_to_currency_form'],
    ['E', 'USD', '1', '2026-01-01T00:00Z', 'exchange_rates_from_currency_form'],
    ['EUR', 'USD', '0', '2026-01-01T00:00Z', 'exchange_rates_rate_range'],
    ['EUR', 'USD', '-1', '2026-01-01T00:00Z', 'exchange_rates_rate_range'],
    ['EUR', 'USD', 'NaN', '2026-01-01T00:00Z', 'exchange_rates_rate_range'],
    ['EUR', 'USD', '1', '-infinity', 'exchange_rates_valid_from_finite']
  ] as const) {
    t.is(await outcome(set(from, to, amount, since)), constraint)
  }
  t.is(await rate('EUR', 'USD'), '1.25')
})
