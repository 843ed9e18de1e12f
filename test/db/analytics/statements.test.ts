import test from 'ava'
import { found } from '../../helpers/organization.ts'
import { refused } from '../../helpers/refusal.ts'
import { openStage } from '../../helpers/stage.ts'

const stage = openStage(test)
type Company = { id: string }

const use = ({ id }: Company, model: string, amount: string, at: string, currency = 'USD') =>
  stage.admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     values ($1, 'openai', $2, $3, $5, $3, $5, $4)`,
    [id, model, amount, at, currency]
  )

/** As the worker does it: whether there was something to close. */
async function asJob({ id }: Company, call: string): Promise<boolean> {
  const client = await stage.admin.connect()
  try {
    await client.query('begin')
    await client.query('select app_hidden.resolve_job($1)', [id])
    await client.query('set local role rowgate_job')
    const { rows } = await client.query(`select app_hidden.${call}() as did`)
    await client.query('commit')
    return rows[0].did
  } finally {
    client.release()
  }
}
const close = (company: Company) => asJob(company, 'close_statement')

async function statements({ people }: Awaited<ReturnType<typeof furnish>>) {
  const { rows } = await people.owner(
    `select number, to_char(starts_at at time zone 'UTC', 'YYYY-MM') as month, currency, amount::text, adjustments::text, total::text
     from app_public.statements order by number`
  )
  return rows.map(row => Object.values(row).join(' '))
}

async function furnish() {
  const company = await found(stage, { owner: 'owner', member: 'member' })
  await use(company, 'gpt-5', '0.1', '2026-07-03T00:00Z')
  await use(company, 'gpt-5', '0.2', '2026-07-31T23:59:59.999999Z')
  await use(company, 'gpt-5-mini', '0.000000000001', '2026-07-31T23:59Z')
  await use(company, 'gpt-5', '7', '2026-08-01T00:00Z')
  return company
}

for (const rolledUp of [false, true]) {
  test.serial(
    `A statement is what is booked for its month; what comes later is a line of the next${rolledUp ? ', rolled up' : ''}.`,
    async t => {
      const company = await furnish()
      const settle = async () => {
        while (rolledUp && (await asJob(company, 'roll_up')));
      }
      await settle()
      t.true(await close(company))
      t.deepEqual(await statements(company), ['1 2026-07 USD 0.300000000001 0 0.300000000001'])
      // Late, and a correction of what was stated.
      await use(company, 'gpt-5', '0.05', '2026-07-10T00:00Z')
      await use(company, 'gpt-4o', '3', '2026-07-11T00:00Z')
      await settle()
      t.true(await close(company))
      t.true(await close(company))
      t.deepEqual(await statements(company), [
        '1 2026-07 USD 0.300000000001 0 0.300000000001',
        '2 2026-08 USD 7 3.05 10.05',
        '3 2026-09 USD 0 0 0'
      ])
      while (await close(company));
      const { rows } = await company.people.owner(
        `select statements.number, lines.kind, lines.model, lines.amount::text
       from app_public.statement_lines as lines join app_public.statements on statements.id = statement_id
       order by number, kind desc, model`
      )
      t.deepEqual(
        rows.map(row => Object.values(row).join(' ')),
        [
          '1 usage gpt-5 0.3',
          '1 usage gpt-5-mini 0.000000000001',
          '2 usage gpt-5 7',
          '2 adjustment gpt-4o 3',
          '2 adjustment gpt-5 0.05'
        ]
      )
    }
  )
}

test.serial('What all statements say is what is booked, in each currency, and this month has none yet.', async t => {
  const company = await furnish()
  await use(company, 'gpt-5', '4', '2026-08-02T00:00Z', 'EUR')
  while (await close(company));
  await use(company, 'gpt-5', '0.5', '2026-08-02T00:00Z', 'EUR')
  await stage.admin.query("update app_public.organizations set time_zone = 'Asia/Kolkata' where id = $1", [company.id])
  const stated = await statements(company)
  t.true(stated.some(line => line.endsWith('2026-08 EUR 4 0 4')))
  t.false(stated.some(line => line.includes(new Date().toISOString().slice(0, 7))))
  t.false(await close(company), 'nothing is closed twice')
  t.deepEqual(await statements(company), stated)
})

test.serial('Two at a time close a month once, and nothing changes what is closed.', async t => {
  const company = await furnish()
  await Promise.all([close(company), close(company), close(company)])
  while (await close(company));
  const stated = await statements(company)
  t.is(new Set(stated.map(line => line.split(' ')[1])).size, stated.length)
  for (const sql of [
    'update app_public.statements set total = 0',
    'delete from app_public.statements',
    'update app_public.statement_lines set amount = 0'
  ]) {
    await refused(t, stage, () => company.people.owner(sql), 'no grant')
  }
  await refused(t, stage, () => company.people.owner('select app_hidden.close_statement()'), 'no grant')
  t.deepEqual((await company.people.member('select from app_public.statements')).rows, [])
})
