import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
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

/**
 * What an export takes beside what the process has anyway: a thread whose heap is limited, and what is under way to the client. The
 * process itself has some 240 to 310 once it has read the schema.
 */
const megabytes = 150
const inAll = 480

export default {
  title: `an export has every record that its caller may see and no other, to the last digit, in less than ${megabytes} MB of memory, and waits for its reader without keeping anybody`,
  family: 'reading',
  breaks: 'an export that shows what other keys recorded',
  async run(tools) {
    const { short, broken, log } = tools
    const rows = short ? 150_000 : 10_000_000
    const database = await tools.database()
    const { admin } = database
    const people = personas(database)
    tools.keep(people.close)
    const company = await found({ admin, asUser: people.asUser }, { owner: 'owner' })
    const key = await foundKey({ admin, asKey: people.asKey }, company.id, company.ids.owner)
    const elsewhere = await found({ admin, asUser: people.asUser }, { owner: 'owner' })
    const others = await foundKey({ admin, asKey: people.asKey }, elsewhere.id, elsewhere.ids.owner)
    if (broken) await admin.query(leaky)
    // Only what an export reads by: the other indexes and checks cost a minute a million, and nothing is proven by them.
    await admin.query(`
      drop index app_public.usage_records_written_idx, app_public.usage_records_team_idx, app_public.usage_records_user_idx,
        app_public.usage_records_api_key_idx, app_public.usage_records_unpriced_idx, app_public.usage_records_corrects_idx;
      alter table app_public.usage_records drop constraint usage_records_service_length, drop constraint usage_records_model_length`)
    await admin.query(insert, [company.id, key.id, rows])
    await admin.query('analyze app_public.usage_records')
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
    const open = (format = 'csv', by = key.key) =>
      fetch(`${fleet.urls()[0]}/v1/exports/usage?since=2026-01-01T00:00:00Z&format=${format}`, {
        headers: { authorization: `Bearer ${by}` }
      })
    const read = async (format: string, take: (chunk: Buffer) => void) => {
      const answer = await open(format)
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
      let bytes = 0
      for await (const chunk of answer.body!) {
        bytes += chunk.length
        take(Buffer.from(chunk))
      }
      log(`${format}: ${Math.round(bytes / 1e6)} MB, at most ${Math.round(await memory('VmHWM'))} MB of memory`)
      return bytes
    }
    const seen = summed()
    const [csv, xlsx] = await Promise.all([read('csv', seen.take), read('xlsx', () => {})])
    const peak = await memory('VmHWM')

    // A reader that takes a piece and then nothing.
    const waiting = await open()
    const reader = waiting.body!.getReader()
    await reader.read()
    const { rows: late } = await admin.query(
      `${insert.replace('generate_series(1, $3::int)', 'generate_series($3::int, $3::int)')} returning written_in::text as at`,
      [company.id, key.id, 1]
    )
    // What the sums of usage go up to.
    const passed = await until(async () => {
      const { rows } = await admin.query('select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as passed', [
        late[0].at
      ])
      return rows[0].passed
    })
    const second = await open()
    const third = await open()
    const foreign = await open('csv', others.key)
    await admin.query("update app_public.org_api_keys set status = 'revoked' where id = $1", [key.id])
    const [first, next] = await Promise.all([isCut(reader), isCut(second.body!.getReader())])

    const expected = BigInt(booked[0].sum.replace('.', '').replace(/^0+/, ''))
    const places = 12 - booked[0].sum.split('.')[1].length
    const equal = seen.sum() === expected * 10n ** BigInt(places)
    const kept = [third.status, third.headers.get('retry-after'), foreign.status].join(' ')
    return {
      passed:
        seen.count() === booked[0].count
        && equal
        && peak - before < megabytes
        && peak < inAll
        && passed
        && first
        && next
        && kept === '429 5 200',
      figures: {
        records: rows,
        'of the caller': booked[0].count,
        exported: seen.count(),
        'sum booked': booked[0].sum,
        'sum exported': (Number(seen.sum()) / 1e12).toString(),
        'sums equal': equal,
        'MB of CSV': Math.round(csv / 1e6),
        'MB of XLSX': Math.round(xlsx / 1e6),
        'MB of memory before': Math.round(before),
        'MB more at most, with both at once': Math.round(peak - before),
        'MB at most': Math.round(peak),
        'sums of usage pass an export that waits': passed,
        'a revoked key ends its exports': first && next,
        'third of an organization, with its Retry-After, and first of another': kept
      }
    }
  }
} satisfies Proof

/** Adds up the column "charged" of a CSV. */
function summed() {
  let count = -1
  let sum = 0n
  let rest = ''
  return {
    count: () => count,
    sum: () => sum,
    take(chunk: Buffer) {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (count++ < 0) continue
        const [whole, part = ''] = line.split(',').at(-2)!.split('.')
        sum += BigInt(whole + part.padEnd(12, '0'))
      }
    }
  }
}

/** Whether it is broken off before its end. */
async function isCut(reader: { read(): Promise<{ done: boolean }> }): Promise<boolean> {
  try {
    while (!(await reader.read()).done);
    return false
  } catch {
    return true
  }
}

/** What does not become true in a minute is taken for false. */
async function until(asked: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 600; tries++) {
    if (await asked()) return true
    await pause(100)
  }
  return false
}
