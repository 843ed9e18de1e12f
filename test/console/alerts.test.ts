import test from 'ava'
import { barriers, picture, settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people, raiseAlerts } from './scene.ts'

const api = openConsole(test, raiseAlerts)

test('an admin makes a channel and a rule, mutes, edits and deletes it, acknowledges and sends again', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.admin, password)
  await page.goto('/console/techcorp/alerts')
  const events = page.getByRole('list', { name: 'Alerts' })
  await events.getByText('80% of the budget of Backend Squad is used: $412.50 of $500.00').waitFor()
  t.is(await events.getByRole('listitem').count(), 7)
  await page.getByRole('button', { name: /^Acknowledge: 80% of the budget of Backend/ }).click()
  await events.getByText(/^Jane Smith, /).waitFor()
  t.is(await events.getByRole('button', { name: /^Acknowledge/ }).count(), 6)

  // What failed is asked for once more.
  await api.database.admin.query(
    "update app_public.alert_deliveries set status = 'failed', attempts = 13, attempted_at = now()"
  )
  await page.getByRole('tab', { name: 'Deliveries' }).click()
  const deliveries = page.getByRole('region', { name: 'Deliveries' })
  const failed = deliveries.getByText('failed', { exact: true })
  await failed.first().waitFor()
  const before = await failed.count()
  await deliveries.getByRole('button', { name: 'Send again' }).first().click()
  await deliveries.getByText('on its way').waitFor()
  t.is(await failed.count(), before - 1)

  await page.getByRole('tab', { name: 'Channels' }).click()
  const channels = page.getByRole('list', { name: 'Channels' })
  await page.getByRole('button', { name: 'New channel' }).click()
  await page.getByRole('dialog').waitFor()
  await page.getByRole('combobox', { name: 'Way' }).click()
  await page.getByTitle('Webhook').click()
  await page.getByLabel('Name', { exact: true }).fill('pager')
  await page.getByLabel('Address').fill('http://hooks.example.com/secret-path')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.getByRole('dialog').getByRole('alert').first().waitFor()
  t.regex(await page.getByRole('dialog').innerText(), /url: an https address of at most/)
  await page.getByLabel('Address').fill('https://hooks.example.com/secret-path')
  await settled(page)
  t.deepEqual(await barriers(page), [])
  await picture(page, 'alerts-new-channel')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  const secret = (await page.getByTestId('secret').innerText()).trim()
  t.regex(secret, /^whsec_/)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await channels.getByText('hooks.example.com').waitFor()
  t.notRegex(await page.content(), /whsec_|secret-path/, 'nobody can show them again')

  await page.getByRole('tab', { name: 'Rules' }).click()
  const rules = page.getByRole('list', { name: 'Rules' })
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Dear days')
  await page.getByLabel('Only days that cost at least (USD)').fill('25')
  await settled(page)
  t.deepEqual(await barriers(page), [])
  await picture(page, 'alerts-new-rule')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  const rule = rules.getByRole('listitem').filter({ hasText: 'Dear days' })
  await rule.getByText('200% · from $25.00 on').waitFor()
  t.regex(await rule.innerText(), /Goes to: .*pager/)

  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Actions for Dear days' }).click()
    await page.getByRole('menuitem', { name: item, exact: true }).click()
  }
  await choose('Mute for good')
  await rule.getByText('muted', { exact: true }).waitFor()
  await choose('Unmute')
  await rule.getByText('muted', { exact: true }).waitFor({ state: 'detached' })
  await choose('Mute for a day')
  await rule.getByText(/^muted until/).waitFor()
  await choose('Edit')
  await page.getByLabel('Only days that cost at least (USD)').fill('30')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await rule.getByText('200% · from $30.00 on').waitFor()
  await choose('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await rule.waitFor({ state: 'detached' })
  t.deepEqual(complaints, [])
})

test('who may only look has no buttons, and who may not look has no page', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.member, password)
  await page.goto('/console/techcorp/budgets')
  await page.getByRole('heading', { name: 'Budgets' }).waitFor()
  t.is(await page.getByRole('link', { name: 'Alerts' }).count(), 0)
  await api.database.admin.query(
    `insert into app_public.member_permissions (organization_id, user_id, permission, effect)
     select organizations.id, users.id, 'alert:read', 'grant' from app_public.organizations, app_public.users
     where slug = 'techcorp' and email = $1`,
    [people.member]
  )
  await page.reload()
  await page.getByRole('link', { name: 'Alerts' }).click()
  await page.getByText('No price for openai gpt-9').waitFor()
  for (const tab of ['Deliveries', 'Rules', 'Channels']) {
    await page.getByRole('tab', { name: tab }).click()
    await settled(page)
    await page
      .getByRole('tabpanel', { name: tab })
      .getByRole(tab === 'Deliveries' ? 'row' : 'listitem')
      .first()
      .waitFor()
    t.is(await page.getByRole('tabpanel').getByRole('button').count(), 0, await page.getByRole('main').innerText())
  }
  await page.getByRole('list', { name: 'Channels' }).getByText('E-mail to whom it concerns').waitFor()
  t.deepEqual(complaints, [])
})
