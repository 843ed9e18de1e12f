import test from 'ava'
import pg from 'pg'
import { openRequest } from '../../server/claims.ts'
import { kinds, rowsOfPage, type Kind, type Row } from '../../server/exports/kinds.ts'
import { readPages, takeMark } from '../../server/exports/pages.ts'
import { makeSlots } from '../../server/exports/slots.ts'
import { createPool, type Opening } from '../../server/pg.ts'
import { fingerprint } from '../../server/tokens.ts'
import { startApi, type Api } from '../helpers/api.ts'
import { foundKey, unlimit } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'

// What an export is while others write: its pages, read by hand.

const kind: Kind = kinds.usage
const booked = 3 * rowsOfPage + 10
let api: Api
let pool: pg.Pool
let id: string
let owner: { id: string; opening: Opening }
let member: { id: string; opening: Opening }
test.before(async () => {
  api = await startApi()
  const { admin } = api.database
  const token = await api.join('paging')
  await api.join('reader')
  await api.graphql('mutation { createOrganization(input: { name: "P", slug: "paging" }) { result { id } } }', {
    token
  })
  await unlimit(admin, 'paging')
  pool = createPool({ connectionString: api.database.apiUrl, applicationName: 'paging' })
  const { rows } = await admin.query("select id from app_public.organizations where slug = 'paging'")
  id = rows[0].id
  owner = await openingOf('paging')
  member = await openingOf('reader')
  await admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'admin')", [
    id,
    member.id
  ])
  await insert(booked)
})
test.after.always(async () => {
  await pool.end()
  await api.close()
})

async function openingOf(name: string): Promise<{ id: string; opening: Opening }> {
  const { body } = await api.token({
    grant_type: 'password',
    username: `${name}@example.com`,
    password: `password of ${name}`
  })
  const { sub, sid } = JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString())
  return { id: sub, opening: openRequest({ kind: 'person', userId: sub, sessionId: sid }, undefined, 'paging') }
}

/** All at a handful of moments, so that pages end in the middle of one. */
const insert = (count: number, client: pg.Pool | pg.PoolClient = api.database.admin, key: string | null = null) =>
  client.query(
    `insert into app_public.usage_records (organization_id, api_key_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select $1, $3::uuid, 'openai', 'gpt-5', 0.1, 'USD', 0.1, 'USD', timestamptz '2026-03-01T00:00Z' + n % 7 * interval '1 minute'
     from generate_series(1, $2::int) as n`,
    [id, count, key]
  )

async function begin(opening: Opening) {
  const [mark, now] = await takeMark(pool, opening, 'usage')
  return readPages(pool, opening, { kind: 'usage', mark, values: kind.first!(['2026-01-01T00:00:00Z', now], mark) })
}
async function rest(pages: AsyncIterable<readonly Row[]>): Promise<string[]> {
  const found: string[] = []
  for await (const page of pages) found.push(...page.map(([id]) => String(id)))
  return found
}

test.serial(
  'an export is what was committed when it began: nothing twice, nothing missing, nothing of later',
  async t => {
    const open = await api.database.admin.connect()
    await open.query('begin')
    await insert(5, open)
    const pages = await begin(owner.opening)
    const first = (await pages.next()).value as Row[]
    await open.query('commit')
    open.release()
    await insert(7)
    const found = [...first.map(([id]) => String(id)), ...(await rest(pages))]
    t.is(found.length, booked)
    t.is(new Set(found).size, booked)
    t.is((await rest(await begin(owner.opening))).length, booked + 12, 'one that begins now has them all')
  }
)

test.serial(
  'records of a database that was restored are there, though their transactions are still to come',
  async t => {
    const before = (await rest(await begin(owner.opening))).length
    await api.database.admin.query(
      `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at, written_in)
     values ($1, 'openai', 'gpt-5', 0.1, 'USD', 0.1, 'USD', '2026-03-01T00:00Z', 4000000000000)`,
      [id]
    )
    t.is((await rest(await begin(owner.opening))).length, before + 1)
  }
)

test.serial(
  'while an export waits for its reader nothing in the database waits for it: usage is rolled up to the last record',
  async t => {
    const pages = await begin(owner.opening)
    await pages.next()
    await insert(3)
    const client = await api.database.admin.connect()
    const rolled = async () => {
      await client.query('begin')
      await client.query('select app_hidden.resolve_job($1)', [id])
      await client.query('set local role rowgate_job')
      await client.query('select app_hidden.roll_up()')
      await client.query('commit')
      const { rows } = await client.query(
        `select coalesce(sum(records), 0)::int as sum, (select count(*)::int from app_public.usage_records where organization_id = $1) as all
       from app_public.usage_rollups where organization_id = $1 and grain = 'month' and whole`,
        [id]
      )
      // The restored one is to come, for the sums too.
      return rows[0].sum >= rows[0].all - 1
    }
    // Others on this server hold it back at times; an export that did would for as long as it waits.
    while (!(await rolled()));
    client.release()
    const open = async () =>
      (
        await api.database.admin.query(
          "select from pg_stat_activity where application_name = 'paging' and backend_xmin is not null"
        )
      ).rowCount
    // One page is read ahead, and then nothing is open for as long as it waits.
    while (await open());
    t.true((await rest(pages)).length > 0, 'and then it goes on')
  }
)

test.serial('records that are no longer kept are not in it, and one under way ends when more go', async t => {
  const keepSince = (time: string | null) =>
    api.database.admin.query(
      'update app_private.rollup_marks set kept_since = $2, kept_in = written_in where organization_id = $1',
      [id, time]
    )
  const all = (await rest(await begin(owner.opening))).length
  const pages = await begin(owner.opening)
  await pages.next()
  await keepSince('2026-03-01T00:01Z')
  await t.throwsAsync(
    rest(pages).then(() => {}),
    { message: /EXPORT_INTERRUPTED/ }
  )
  const kept = (await rest(await begin(owner.opening))).length
  t.true(kept > 0 && kept < all, `${kept} of ${all}`)
  await keepSince(null)
  t.is((await rest(await begin(owner.opening))).length, all)
})

test.serial('who may see less, or nothing, gets no further page', async t => {
  const { admin } = api.database
  t.true((await rest(await begin(member.opening))).length > booked, 'with their rights they get all of it')
  const change = async (sql: string, problem: RegExp) => {
    const pages = await begin(member.opening)
    await pages.next()
    await admin.query(sql, [id, member.id])
    // Not what it answers instead: that is long.
    await t.throwsAsync(
      rest(pages).then(() => {}),
      { message: problem },
      sql
    )
  }
  const of = 'where organization_id = $1 and user_id = $2'
  await change(`update app_public.members set role = 'member' ${of}`, /EXPORT_INTERRUPTED/)
  await admin.query(`update app_public.members set role = 'admin' ${of}`, [id, member.id])
  await change(
    "insert into app_public.member_permissions (organization_id, user_id, permission, effect) values ($1, $2, 'usage:read', 'deny')",
    /FORBIDDEN/
  )
  await admin.query(`delete from app_public.member_permissions ${of}`, [id, member.id])
  await change(`delete from app_public.members ${of}`, /FORBIDDEN|NO_ORGANIZATION/)
})

test.serial('an API key gets its own records, and none any more once it is revoked', async t => {
  const { admin } = api.database
  const people = personas(api.database)
  const key = await foundKey({ admin, asKey: people.asKey }, id, owner.id)
  await insert(2 * rowsOfPage, admin, key.id)
  const opening = openRequest({ kind: 'key', hash: fingerprint(key.key) }, undefined, 'paging')
  t.is((await rest(await begin(opening))).length, 2 * rowsOfPage)
  const pages = await begin(opening)
  await pages.next()
  await admin.query("update app_public.org_api_keys set status = 'revoked' where id = $1", [key.id])
  await people.close()
  await t.throwsAsync(rest(pages), { message: /API_KEY_INVALID/ })
})

test('no organization takes all places, and a place that is given back can be taken', t => {
  const slots = makeSlots(3, 2)
  const code = (take: () => unknown) => {
    const error = t.throws(take) as Error & { problem: { code: string; status: number; retry_after: number } }
    return [error.problem.code, error.problem.status, error.problem.retry_after]
  }
  const giveBack = slots.take('a')
  slots.take('a')
  t.deepEqual(
    code(() => slots.take('a')),
    ['TOO_MANY_EXPORTS', 429, 5]
  )
  slots.take('b')
  t.deepEqual(
    code(() => slots.take('c')),
    ['OVERLOADED', 503, 5]
  )
  giveBack()
  t.notThrows(() => slots.take('c'))
})
