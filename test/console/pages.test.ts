import test from 'ava'
import { readFile } from 'node:fs/promises'
import { barriers, picture, settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

const techcorp = "(select id from app_public.organizations where slug = 'techcorp')"
const api = openConsole(test, async ({ database: { admin } }) => {
  await admin.query(
    `insert into app_public.statements (organization_id, number, starts_at, ends_at, currency, amount, adjustments, total)
     values (${techcorp}, 1, '2026-09-01T00:00Z', '2026-10-01T00:00Z', 'USD', 1234.5678, -4.5678, 1230)`
  )
  await admin.query(
    `insert into app_public.audit_events (organization_id, action, subject_kind, at, details)
     select ${techcorp}, 'scene:numbered', 'scene', now() - n * interval '1 minute', jsonb_build_object('number', n)
     from generate_series(1, 120) as n`
  )
})

test('a long list is gone through page by page, there and back, and narrowed', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.goto('/console/techcorp/audit')
  await page.getByRole('searchbox').fill('scene:numbered')
  await page.getByRole('searchbox').press('Enter')
  const rows = page.getByRole('region', { name: 'Audit log' }).locator('tbody tr.ant-table-row')
  const shows = async (number: string, count: number) => {
    await page.getByRole('navigation', { name: 'Pages of the list' }).getByText(number).waitFor()
    await settled(page)
    t.is(await rows.count(), count)
  }
  await shows('Page 1', 50)
  const next = page.getByRole('button', { name: 'Next' })
  await next.click()
  await shows('Page 2', 50)
  await next.click()
  await shows('Page 3', 20)
  t.true(await next.isDisabled())
  await rows.last().getByRole('button').click()
  await page.getByText('"number": 120').waitFor()
  t.deepEqual(await barriers(page), [])
  await page.getByRole('button', { name: 'Previous' }).click()
  await shows('Page 2', 50)
  await page.getByRole('searchbox').fill('scene:other')
  await page.getByRole('searchbox').press('Enter')
  await page.getByText('Nothing was changed.').waitFor()
  t.deepEqual(complaints, [])
})

test('a key is changed: its name, a limit, and the limit taken away again', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.goto('/console/techcorp/keys')
  const edit = async (name: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
  }
  const save = async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  const stored = async () =>
    (
      await api.database.admin.query(
        `select name, monthly_quota as quota, cardinality(scopes) > 0 as scoped from app_public.org_api_keys where organization_id = ${techcorp}`
      )
    ).rows[0]
  await edit('Backend ingestion')
  await page.getByLabel('Name', { exact: true }).fill('Ingestion')
  await page.getByLabel('Requests a month').fill('5000')
  await settled(page)
  t.deepEqual(await barriers(page), [])
  await picture(page, 'keys-edit')
  await save()
  await page.getByText('Ingestion', { exact: true }).waitFor()
  t.deepEqual(await stored(), { name: 'Ingestion', quota: '5000', scoped: true })
  await edit('Ingestion')
  await page.getByLabel('Requests a month').fill('')
  await save()
  t.deepEqual(await stored(), { name: 'Ingestion', quota: null, scoped: true })
  t.deepEqual(complaints, [])
})

test('a credit, own prices and a statement: given, set and taken back, and downloaded', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.goto('/console/techcorp/budgets')
  await page.getByRole('button', { name: 'Give a credit' }).click()
  await page.getByRole('combobox', { name: 'Member' }).click()
  await page.getByTitle('Alice Chen').click()
  await page.getByLabel('Amount in USD').fill('75')
  await picture(page, 'budgets-credit')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('$0.00 of $75.00').waitFor()

  await page.getByRole('link', { name: 'Prices' }).click()
  await page.getByText('There are no own prices: the list holds.').waitFor()
  await page.getByRole('button', { name: 'Set own prices' }).click()
  await page.getByLabel('Service').fill('openai')
  await page.getByLabel('Model').fill('gpt-5')
  await page.getByLabel('Output token').fill('0.0000123456789')
  await settled(page)
  t.deepEqual(await barriers(page), [])
  await picture(page, 'prices-form')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  // To the last digit.
  await page.getByText('$0.0000123456789').waitFor()
  await page.getByRole('button', { name: 'Back to the list: gpt-5, output_token' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Back to the list' }).click()
  await page.getByRole('button', { name: 'Back to the list: gpt-5, output_token' }).waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Statements' }).click()
  await page.getByText('September 2026').waitFor()
  await page.getByText('$1,230.00').waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV: 1' }).click()
  ])
  t.is(file.suggestedFilename(), 'techcorp-statement-1.csv')
  t.regex(await readFile(await file.path(), 'utf8'), /^statement,kind,/)
  t.deepEqual(complaints, [])
})

test('many are invited at once, and it is shown how far it is', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.goto('/console/techcorp/invitations')
  let calls = 0
  await page.route('**/graphql', async route => {
    const isInvite = /mutation InviteMembers/.test(route.request().postData() ?? '')
    // The last answer does not come before somebody could read how many there were.
    if (isInvite && ++calls === 2) await page.getByText('50 of 60 sent').waitFor()
    await route.continue()
  })
  await page.getByRole('button', { name: 'Invite people' }).click()
  const addresses = Array.from({ length: 60 }, (_, n) => `guest${n}@example.com`)
  await page.getByLabel('E-mail addresses').fill(addresses.join('\n'))
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByRole('dialog').first().waitFor({ state: 'detached' })
  await page.getByText('guest59@example.com').waitFor()
  t.is(await page.getByText(/^guest\d+@example\.com$/).count(), 60)
  t.is(calls, 2)
  t.deepEqual(complaints, [])
})
