import test from 'ava'
import { barriers, picture, settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, pagesOf, password, people, raiseAlerts } from './scene.ts'

const api = openConsole(test, raiseAlerts)

const outside = pagesOf('outside')
const inside = [...pagesOf('own'), ...pagesOf('inside').map(page => `techcorp/${page}`)]

const looks = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'narrow', colorScheme: 'light', width: 375 }
] as const

for (const [where, paths] of Object.entries({ outside, inside })) {
  test(`nothing is in anybody's way on the pages ${where}, light, dark and at 375 pixels`, async t => {
    const { page, close, complaints } = await visit(api.url)
    t.teardown(close)
    const found: object[] = []
    if (where === 'inside') await signIn(page, people.owner, password)
    for (const path of paths) {
      await page.goto(`/console/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      for (const { name, colorScheme, width } of looks) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        await settled(page)
        await picture(page, `${path.replace('techcorp/', '')}-${name}`)
        for (const barrier of await barriers(page)) found.push({ path, name, ...barrier })
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        for (const refused of await page.locator('.ant-alert-error').allInnerTexts()) found.push({ path, refused })
        if (wider > 0) found.push({ path, name, wider })
      }
    }
    t.deepEqual(found, [])
    t.deepEqual(complaints, [])
  })
}

test('nor in the dialogs, on the page of a team, and in the tabs', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  const opened: [path: string, role: 'button' | 'tab' | 'treeitem', name: string][] = [
    ['organizations', 'button', 'New organization'],
    ['techcorp/budgets', 'button', 'New budget'],
    ['techcorp/budgets', 'tab', 'Alerts'],
    ['techcorp/alerts', 'tab', 'Deliveries'],
    ['techcorp/alerts', 'tab', 'Rules'],
    ['techcorp/alerts', 'tab', 'Channels'],
    ['techcorp/usage', 'button', 'Show as table'],
    ['techcorp/keys', 'button', 'New API key'],
    ['techcorp/members', 'button', 'Invite people'],
    ['techcorp/teams', 'treeitem', 'Engineering Team'],
    ['techcorp/prices', 'tab', 'List prices'],
    ['techcorp/roles', 'button', 'New role'],
    ['techcorp/roles', 'tab', 'All rights'],
    ['techcorp/settings', 'button', 'Transfer the ownership']
  ]
  const found: object[] = []
  for (const [path, role, name] of opened) {
    await page.goto(`/console/${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    await page.getByRole(role, { name }).first().click()
    if (role === 'button' && !name.startsWith('Show')) await page.getByRole('dialog').waitFor()
    await settled(page)
    await picture(page, `${path.replace('techcorp/', '')}-${name.toLowerCase().replaceAll(' ', '-')}`)
    for (const barrier of await barriers(page)) found.push({ path, name, ...barrier })
  }
  t.deepEqual(found, [])
  t.deepEqual(complaints, [])
})
