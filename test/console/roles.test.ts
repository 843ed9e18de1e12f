import test from 'ava'
import type { Page } from 'playwright-core'
import { settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

const api = openConsole(test)

const menu = async (page: Page) => page.getByRole('navigation').getByRole('link').allInnerTexts()

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`/console/techcorp/${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
}

/** What can be done here, by name. */
async function buttons(page: Page, path: string): Promise<string[]> {
  await open(page, path)
  return (await page.getByRole('main').getByRole('button').allInnerTexts()).filter(Boolean)
}

test('an admin runs the organization, and is shown nothing that only owners may', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.admin, password)
  await page.getByRole('navigation').getByRole('link', { name: 'Invitations' }).waitFor()
  t.true((await buttons(page, 'members')).includes('Invite people'))
  const danger = await buttons(page, 'settings')
  t.true(danger.includes('Save the profile'))
  t.false(danger.includes('Delete the organization'))
  t.false(danger.includes('Transfer the ownership'))
  t.false((await buttons(page, 'plan')).includes('Change to it'))
})

test('a member and a viewer are shown what they may, and no button that fails', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.member, password)
  await page.getByRole('heading', { name: 'Organizations' }).waitFor()
  await page.getByRole('link', { name: 'TechCorp Inc.' }).click()
  await page.getByRole('heading', { name: 'Budgets' }).waitFor()
  t.deepEqual(await menu(page), [
    'Budgets',
    'Usage',
    'API keys',
    'Members',
    'Teams',
    'Roles and access',
    'Prices',
    'Settings'
  ])
  t.false((await buttons(page, 'members')).includes('Invite people'))
  t.false((await buttons(page, 'budgets')).includes('New budget'))
  t.true((await buttons(page, 'keys')).includes('New API key'))

  await api.database.admin.query(
    `update app_public.members set role = 'viewer' from app_public.users
     where users.id = user_id and email = $1 and organization_id =
       (select id from app_public.organizations where slug = 'techcorp')`,
    [people.member]
  )
  t.deepEqual(await buttons(page, 'keys'), [])
  t.true((await menu(page)).includes('API keys'))
  await page.goto('/console/techcorp/health')
  await page.getByRole('alert').getByText('Your role does not include this permission.').waitFor()
})

test('what the server refuses all the same is told in words, in the dialog that asked', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await open(page, 'settings')
  await page.getByRole('button', { name: 'Leave the organization' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Leave the organization' }).click()
  await dialog.getByText('Type “TechCorp Inc.” to go on').last().waitFor()
  await dialog.getByRole('textbox').fill('TechCorp Inc.')
  await dialog.getByRole('button', { name: 'Leave the organization' }).click()
  await dialog.getByText('An organization always has an owner.').waitFor()
  await dialog.getByText('Make somebody else owner first.').waitFor()
  t.pass()
})

test('why can or can not they: the explanation of the server, of oneself and of others', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await open(page, 'roles')
  await page.getByLabel('Do what').fill('Delete the organization')
  await page.keyboard.press('Enter')
  await page
    .getByRole('alert')
    .getByText(/organization:delete through the role owner/)
    .waitFor()
  await page.getByLabel('Who', { exact: true }).fill('Jane')
  await page.keyboard.press('Enter')
  await page
    .getByRole('alert')
    .getByText(/No role, grant or team role of this member contains/)
    .waitFor()
  t.pass()
})
