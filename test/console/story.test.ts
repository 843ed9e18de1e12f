import test from 'ava'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { startApi } from '../helpers/api.ts'
import { picture, settled, signIn, visit } from '../helpers/browser.ts'
import { startSmtp } from '../helpers/smtp.ts'
import { workerConfig } from '../helpers/worker.ts'

const run = promisify(execFile)

test('from an empty browser to a budget that moves: register, found, invite, accept, limit, key, curl, alert, CSV', async t => {
  const api = await startApi()
  const smtp = await startSmtp()
  const worker = await startWorker(
    workerConfig(api.database, { smtpUrl: smtp.url, appUrl: `${api.url}/console` }),
    pino({ level: 'silent' })
  )
  const [olga, nina] = await Promise.all([visit(api.url), visit(api.url)])
  t.teardown(async () => {
    await Promise.all([olga.close(), nina.close()])
    await worker.close()
    await smtp.close()
    await api.close()
  })
  /** The address in the next mail with such a subject. */
  const link = async (subject: RegExp): Promise<string> => {
    for (let count = 1; ; count++) {
      const mail = (await smtp.received(count)).find(({ content }) => subject.test(content))
      if (mail) return /http\S+#token=[\w-]+/.exec(mail.content)![0]
    }
  }

  // She registers, confirms her address, and signs in.
  const { page } = olga
  await page.goto('/console/register')
  await page.getByLabel('Your name').fill('Olga')
  await page.getByLabel('E-mail address').fill('olga@example.com')
  await page.getByLabel('New password').fill('password of olga')
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByText('Almost done').waitFor()
  await page.goto(await link(/Subject: Confirm/))
  await page.getByText('Your e-mail address is confirmed.').waitFor()
  t.false(page.url().includes('token'), 'the secret does not stay in the address')
  await signIn(page, 'olga@example.com', 'password of olga')

  // She founds an organization.
  await page.getByRole('button', { name: 'New organization' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Mill & Sons')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.waitForURL(/\/console\/mill-sons\/budgets/)

  // She invites somebody, who accepts in a browser of her own.
  await page.getByRole('link', { name: 'Invitations' }).click()
  await page.getByRole('button', { name: 'Invite people' }).click()
  await page.getByLabel('E-mail addresses').fill('nina@example.com')
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByText('nina@example.com').waitFor()
  await nina.page.goto(await link(/Subject: Olga invites you/))
  await nina.page.getByLabel('Your name').fill('Nina')
  await nina.page.getByLabel('New password').fill('password of nina')
  await nina.page.getByRole('button', { name: 'Create an account and join' }).click()
  await nina.page.getByText('You are in.').waitFor()
  await signIn(nina.page, 'nina@example.com', 'password of nina')
  await nina.page.getByRole('heading', { name: 'Budgets' }).waitFor()
  t.is(await nina.page.getByRole('button', { name: 'New budget' }).count(), 0)
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByText('nina@example.com').waitFor()

  // A limit, and a key.
  await page.getByRole('link', { name: 'Budgets' }).click()
  await page.getByRole('button', { name: 'New budget' }).click()
  await page.getByLabel('Limit', { exact: true }).fill('10')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.getByText('$0.00 of $10.00').waitFor()
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'New API key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('gateway')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  const command = await page.getByTestId('curl').innerText()
  const secret = (await page.getByTestId('secret').innerText()).trim()
  t.regex(secret, /^rg_live_/)
  await picture(page, 'key-secret')
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByText('gateway').waitFor()
  t.false((await page.content()).includes(secret), 'nobody can show it again')

  // What is used shows in the open page, without loading it again; curl is as the page gave it.
  await page.getByRole('link', { name: 'Budgets' }).click()
  await page.getByText('Live', { exact: true }).waitFor()
  await settled(page)
  const { stdout } = await run('bash', ['-c', command])
  t.is(JSON.parse(stdout).charged, '0.01')
  await page.getByText('$0.01 of $10.00').waitFor()
  await run('bash', ['-c', command.replace('first-call', 'second').replace('"cost":0.01', '"cost":8.24')])
  await page.getByText('$8.25 of $10.00').waitFor()
  for (let count = 1; ; count++) {
    if ((await smtp.received(count)).some(({ content }) => /80 % of a budget is used/.test(content))) break
  }
  await page.getByRole('tab', { name: 'Alerts' }).click()
  await page.getByRole('cell', { name: '80%', exact: true }).waitFor()

  // The file says to the digit what the API says.
  await page.getByRole('link', { name: 'Usage' }).click()
  await page.getByRole('cell', { name: 'gpt-5' }).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click()
  ])
  const [header, row] = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/)
  const cost = row!.split(',')[header!.split(',').indexOf('cost')]
  const { body } = await api.token({
    grant_type: 'password',
    username: 'olga@example.com',
    password: 'password of olga'
  })
  const since = new Date(Date.now() - 86_400_000).toISOString()
  const { data } = await api.graphql(`{ usageBreakdown(since: "${since}") { nodes { cost } } }`, {
    token: body.access_token
  })
  t.is(cost, '8.25')
  t.is(cost, data.usageBreakdown.nodes[0].cost)
  const [book] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download XLSX' }).click()
  ])
  t.regex(book.suggestedFilename(), /^mill-sons-breakdown-.*\.xlsx$/)
  t.is((await readFile(await book.path())).subarray(0, 2).toString(), 'PK')
  await page.getByRole('button', { name: 'Whole time' }).click()
  const [records] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Every record (CSV)' }).click()
  ])
  t.is((await readFile(await records.path(), 'utf8')).trim().split(/\r?\n/).length, 3, 'a header and both calls')

  // Another organization, and nothing of the first in it.
  await page.getByLabel('Organization', { exact: true }).click()
  await picture(page, 'organization-switch')
  await page.keyboard.type('all:')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'New organization' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Bakery')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.waitForURL(/\/console\/bakery\/budgets/)
  for (const path of ['budgets', 'usage', 'keys', 'members', 'teams', 'invitations']) {
    await page.goto(`/console/bakery/${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    const shown = await page.getByRole('main').innerText()
    t.notRegex(shown, /gateway|gpt-5|nina|8\.25/i, path)
  }
  // And back, to the same page of the other.
  await page.goto('/console/bakery/keys')
  await page.getByLabel('Organization', { exact: true }).click()
  await page.keyboard.type('mill')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/console\/mill-sons\/keys/)
  await page.getByText('gateway').waitFor()
  await nina.page.goto('/console/bakery/budgets')
  await nina.page.getByText('There is no such page').waitFor()

  // Signed out, everywhere in this browser; the way back leads to where she was.
  const other = await olga.context.newPage()
  await other.goto('/console/mill-sons/teams')
  await other.getByRole('heading', { name: 'Teams' }).waitFor()
  await page.getByRole('button', { name: /Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await other.getByRole('heading', { name: 'Sign in' }).waitFor()
  t.regex(other.url(), /next=%2Fmill-sons%2Fteams/)
  t.deepEqual([...olga.complaints, ...nina.complaints], [])
})
