import { inflateRawSync } from 'node:zlib'
import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'
import { unlimit } from '../helpers/organization.ts'
import { writeXlsx } from '../../server/exports/xlsx.ts'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'

let api: Api
let owner: string
let other: string
let id: string
test.before(async () => {
  api = await startApi()
  owner = await api.join('exporter')
  other = await api.join('bystander')
  await api.graphql('mutation { createOrganization(input: { name: "E", slug: "exporter" }) { result { id } } }', {
    token: owner
  })
  await api.graphql('mutation { createOrganization(input: { name: "B", slug: "bystander" }) { result { id } } }', {
    token: other
  })
  await unlimit(api.database.admin, 'exporter')
  const { rows } = await api.database.admin.query("select id from app_public.organizations where slug = 'exporter'")
  id = rows[0].id
  await api.database.admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select $1, 'openai', case n when 1 then '=1+1' when 2 then '-"a", b' else 'gpt-5' end,
       case n when 1 then 123456789.000000000001 else 0.1 end, 'USD', case n when 1 then 123456789.000000000001 else 0.1 end, 'USD',
       timestamptz '2026-03-01T00:00:00.000001Z' + n * interval '1 minute'
     from generate_series(1, 2500) as n`,
    [id]
  )
})
test.after.always(() => api.close())

const get = (path: string, token = owner) =>
  fetch(`${api.url}/v1/exports/${path}`, { headers: { authorization: `Bearer ${token}` } })
const march = 'since=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z'

/** The files of a ZIP archive, as its central directory names them. */
function unzip(archive: Buffer): Record<string, string> {
  const files: Record<string, string> = {}
  for (let at = archive.indexOf('PK\u0001\u0002'); archive.toString('latin1', at, at + 4) === 'PK\u0001\u0002';) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((offset, n) =>
      n === 0 ? archive.readUInt32LE(at + offset) : archive.readUInt16LE(at + offset)
    ) as [number, number, number, number]
    const start = archive.readUInt32LE(at + 42)
    const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28)
    files[archive.toString('utf8', at + 46, at + 46 + name)] = inflateRawSync(
      archive.subarray(data, data + packed)
    ).toString()
    at += 46 + name + extra + comment
  }
  return files
}

test.serial('a month of usage is a CSV of every record, exact, and no cell of it is a formula', async t => {
  const answer = await get(`usage?${march}`)
  t.is(answer.status, 200)
  t.is(answer.headers.get('content-type'), 'text/csv; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\r\n')
  t.is(lines.length, 2501)
  t.true(lines[0]!.startsWith('id,occurred_at,kind,'))
  t.true(lines[1]!.includes('2026-03-01T00:01:00.000001Z') && lines[1]!.includes(",'=1+1,"))
  t.true(lines[1]!.includes(',123456789.000000000001,USD,'))
  t.true(lines[2]!.includes(`,"'-""a"", b",`))
})

test.serial('the same as XLSX: numbers that a double does not hold are text, to the last digit', async t => {
  const answer = await get(`usage?${march}&format=xlsx`)
  t.is(answer.status, 200)
  const files = unzip(Buffer.from(await answer.arrayBuffer()))
  t.deepEqual(Object.keys(files), [
    'xl/worksheets/sheet1.xml',
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels'
  ])
  const sheet = files['xl/worksheets/sheet1.xml']!
  t.is(sheet.split('<row>').length - 1, 2501)
  t.true(sheet.includes('<t xml:space="preserve">123456789.000000000001</t>'))
  t.true(sheet.includes('<c><v>0.1</v></c>'))
  t.true(sheet.includes('>=1+1</t>') && !sheet.includes('<f'))
  t.true(sheet.includes('>-&quot;a&quot;, b</t>'))
})

test.serial('a workbook goes on in another sheet', async t => {
  const to = new PassThrough()
  const all = buffer(to)
  await writeXlsx(
    [{ name: 'n', is: 'number' }],
    (async function* () {
      for (let n = 0; n < 5; n++) yield [[n], [n]]
    })(),
    to,
    4
  )
  to.end()
  const files = unzip(await all)
  t.deepEqual(
    [1, 2, 3].map(n => files[`xl/worksheets/sheet${n}.xml`]!.split('<row>').length - 1),
    [5, 5, 3]
  )
})

test.serial('breakdown, members and statement add up to the same', async t => {
  const client = await api.database.admin.connect()
  for (let more = true; more;) {
    await client.query('begin')
    await client.query('select app_hidden.resolve_job($1)', [id])
    await client.query('set local role rowgate_job')
    more = (await client.query('select app_hidden.close_statement() as did')).rows[0].did
    await client.query('commit')
  }
  client.release()
  const { rows } = await api.database.admin.query(
    "select number, total::text from app_public.statements where organization_id = $1 and starts_at = '2026-03-01T00:00Z'",
    [id]
  )
  const sum = async (path: string, column: string, where = '') => {
    const lines = (await (await get(path)).text())
      .trimEnd()
      .split('\r\n')
      .map(line => line.split(','))
    const at = lines[0]!.indexOf(column)
    const { rows } = await api.database.admin.query(
      'select trim_scale(sum(amount))::text as sum from unnest($1::numeric[]) as amount',
      [
        // From the end: a cell before may hold a comma.
        lines.slice(1).map(cells => cells[cells.length - (lines[0]!.length - at)])
      ]
    )
    return rows[0].sum + where
  }
  t.is(await sum(`statement?number=${rows[0].number}`, 'amount'), rows[0].total)
  t.is(await sum(`usage?${march}`, 'charged'), rows[0].total)
  t.is(await sum(`breakdown?${march}`, 'cost'), rows[0].total)
  t.is(await sum(`members?${march}`, 'cost'), rows[0].total)
  t.is(await sum(`breakdown?${march}&model=gpt-5&group_by=service`, 'cost'), '249.8', 'only of one model')
  t.is(
    (await (await get(`breakdown?${march}&team_id=${id}`)).text()).trimEnd().split('\r\n').length,
    1,
    'of no such team'
  )
})

test.serial(
  'a statement is for who may see all usage, as a file made now or later; a member has their own usage',
  async t => {
    const member = await api.join('colleague')
    await api.database.admin.query(
      "insert into app_public.members (organization_id, user_id, role) select $1, users.id, 'member' from app_public.users where email = $2",
      [id, 'colleague@example.com']
    )
    const later = (kind: string, token: string) =>
      fetch(`${api.url}/v1/exports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(kind === 'statement' ? { kind, number: '1' } : { kind, since: '2026-03-01T00:00:00Z' })
      })
    const codes = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]
    for (const answer of [await get('statement?number=1', member), await later('statement', member)])
      t.deepEqual(await codes(answer), [403, 'FORBIDDEN'])
    t.is((await get(`usage?${march}`, member)).status, 200)
    t.is((await get('statement?number=1')).status, 200)
    for (const [kind, token] of [
      ['usage', member],
      ['statement', owner]
    ] as const)
      t.is((await later(kind, token)).status, 200, kind)
  }
)

test.serial(
  'who may not see it gets nothing of it, and a question without an answer is refused before a file begins',
  async t => {
    t.is((await (await get(`usage?${march}`, other)).text()).trimEnd().split('\r\n').length, 1)
    t.is((await fetch(`${api.url}/v1/exports/usage?${march}`)).status, 401)
    for (const path of [
      'usage',
      'usage?since=yesterdayish',
      `usage?${march}&format=pdf`,
      `breakdown?${march}&group_by=colour`,
      `breakdown?${march}&team_id=x`,
      'statement?number=x'
    ]) {
      const answer = await get(path)
      t.is(answer.status, 422, path)
      t.is(((await answer.json()) as { code: string }).code, 'INVALID_INPUT', path)
    }
  }
)
