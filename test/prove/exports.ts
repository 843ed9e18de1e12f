import { readFile } from 'node:fs/promises'
import { startFleet } from '../helpers/fleet.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'

/** Without the caller's own condition. */
const leaky = `
  alter policy select_own on app_public.usage_records
  using (organization_id = (select app_hidden.tenant_permitting('usage:read')))`

const insert = `
  insert into app_public.usage_records (organization_id, api_key_id, service, model, cost, currency, charged, charged_currency, occurred_at)
  select $1, case when n % 1000 = 0 then null else $2::uuid end, 'openai', 'gpt-5', round(n / 1000000000000.0, 12), 'USD', round(n / 1000000000000.0, 12), 'USD',
    timestamptz '2026-03-01T00:00Z' + n * interval '1 millisecond'
  from generate_series(1, $3::int) as n`

/** It levels off at some 200 to 290 more than the process had, whatever the number of rows: garbage that V8 sees no need to collect. */
const megabytes = 400

export default {
  title: `an export has every record that its caller may see and no other, to the last digit, in less than ${megabytes} MB of memory`,
  family: 'reading',
  breaks: 'an export that shows what other keys recorded',
  async run(tools) {
    const { short, broken, log } = tools
    const rows = short ? 250_000 : 10_000_000
    const database = await tools.database()
    const { admin } = database
    const people = personas(database)
    tools.keep(people.close)
    const company = await found({ admin, asUser: people.asUser }, { owner: 'owner' })
    const key = await foundKey({ admin, asKey: people.asKey }, company.id, company.ids.owner)
    if (broken) await admin.query(leaky)
    // Only what an export reads by: the others cost half a minute a million, and nothing is proven by them.
    await admin.query(`
      drop index app_public.usage_records_written_idx, app_public.usage_records_team_idx, app_public.usage_records_user_idx,
        app_public.usage_records_api_key_idx, app_public.usage_records_unpriced_idx, app_public.usage_records_corrects_idx`)
    await admin.query(insert, [company.id, key.id, rows])
    log(`${rows} records`)
    const { rows: booked } = await admin.query(
      'select count(*)::int as count, trim_scale(sum(charged))::text as sum from app_public.usage_records where api_key_id = $1',
      [key.id]
    )
    const fleet = await startFleet(tools, database.apiUrl, 1)
    const memory = async (what: 'VmRSS' | 'VmHWM') => {
      const status = await readFile(`/proc/${fleet.pids()[0]}/status`, 'utf8')
      return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)![1]) / 1024
    }
    const before = await memory('VmRSS')
    const read = async (format: string, take: (chunk: Buffer) => void) => {
      const url = `${fleet.urls()[0]}/v1/exports/usage?since=2026-01-01T00:00:00Z&format=${format}`
      const answer = await fetch(url, { headers: { authorization: `Bearer ${key.key}` } })
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
      let bytes = 0
      for await (const chunk of answer.body!) {
        bytes += chunk.length
        take(Buffer.from(chunk))
      }
      return bytes
    }
    let count = -1
    let sum = 0n
    let rest = ''
    const csv = await read('csv', chunk => {
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (count++ < 0) continue
        const [whole, part = ''] = line.split(',').at(-2)!.split('.')
        sum += BigInt(whole + part.padEnd(12, '0'))
      }
    })
    log(`${count} rows as CSV, ${Math.round(await memory('VmRSS'))} MB instead of ${Math.round(before)}`)
    const xlsx = await read('xlsx', () => {})
    log('and as XLSX')
    // A process of the API has its own needs; what an export adds to them is meant.
    const peak = (await memory('VmHWM')) - before
    const expected = BigInt(booked[0].sum.replace('.', '').replace(/^0+/, ''))
    const places = 12 - booked[0].sum.split('.')[1].length
    return {
      passed: count === booked[0].count && sum === expected * 10n ** BigInt(places) && peak < megabytes,
      figures: {
        records: rows,
        'of the caller': booked[0].count,
        exported: count,
        'sum booked': booked[0].sum,
        'sum exported': (Number(sum) / 1e12).toString(),
        'sums equal': sum === expected * 10n ** BigInt(places),
        'MB of CSV': Math.round(csv / 1e6),
        'MB of XLSX': Math.round(xlsx / 1e6),
        'MB of memory before': Math.round(before),
        'MB more at most': Math.round(peak)
      }
    }
  }
} satisfies Proof
