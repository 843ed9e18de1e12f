import test from 'ava'
import { settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

// Alice leads the Frontend Squad, which Design is below, and is only a member of Support.
const api = openConsole(test, async ({ database }) => {
  await database.admin.query(
    `with chosen as (
       select organizations.id, teams.id as frontend, users.id as alice
       from app_public.organizations
         join app_public.teams on teams.organization_id = organizations.id and teams.name = 'Frontend Squad'
         cross join app_public.users
       where organizations.slug = 'techcorp' and users.email = $1
     ), made as (
       insert into app_public.teams (organization_id, name, parent_team_id)
       select chosen.id, 'Design', frontend from chosen union all select chosen.id, 'Support', null from chosen
       returning organization_id, id, name
     ), places as (
       insert into app_public.team_members (organization_id, team_id, user_id, role)
       select chosen.id, frontend, alice, 'lead' from chosen
       union all
       select chosen.id, made.id, alice, 'member' from chosen cross join made where made.name = 'Support'
       on conflict (organization_id, team_id, user_id) do update set role = excluded.role
     )
     insert into app_public.budgets (organization_id, team_id, limit_amount, counts_from)
     select organization_id, id, 100, '-infinity' from made`,
    [people.member]
  )
})

test('a lead runs the budgets and the people of their team and below, and is shown no button elsewhere', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.member, password)
  await page.goto('/console/techcorp/budgets')
  const choices = async (name: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    const open = page.locator('.ant-dropdown:not(.ant-dropdown-hidden)')
    await open.getByRole('menuitem').first().waitFor()
    const items = await open.getByRole('menuitem').allInnerTexts()
    await page.keyboard.press('Escape')
    await open.waitFor({ state: 'detached' })
    return items
  }
  t.deepEqual(await choices('Support'), ['Ask for more'])
  t.deepEqual(await choices('Design'), ['Edit', 'Raise for a while', 'Pause'])
  await page.getByRole('button', { name: 'Actions for Design' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByLabel('Limit', { exact: true }).fill('120')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('$0.00 of $120.00').waitFor()

  // A new one is for a team of theirs; the whole organization is not theirs to limit.
  await page.getByRole('button', { name: 'New budget' }).click()
  await page.getByLabel('Limit', { exact: true }).fill('10')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.getByText('Please fill in: For').waitFor()
  await page.getByRole('combobox', { name: 'For' }).click()
  await page.locator('.ant-select-item-option').first().waitFor()
  t.deepEqual(await page.locator('.ant-select-item-option').allInnerTexts(), ['Design', 'Frontend Squad'])
  await page.getByTitle('Frontend Squad').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.getByText('of $10.00').waitFor()

  await page.goto('/console/techcorp/teams')
  await page.getByRole('treeitem', { name: 'Support' }).click()
  await page.getByRole('heading', { name: 'Support' }).waitFor()
  await settled(page)
  t.is(await page.getByRole('combobox', { name: 'Add somebody' }).count(), 0)
  await page.getByRole('treeitem', { name: 'Design' }).click()
  await page.getByRole('combobox', { name: 'Add somebody' }).click()
  await page.getByTitle('Jane Smith').click()
  await page.getByRole('combobox', { name: 'Role of Jane Smith' }).waitFor()
  t.deepEqual(complaints, [])
})
