import test from 'ava'
import { settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

const api = openConsole(test)

test('whoever has only a keyboard signs in, skips the menu, and opens and leaves a dialog', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  const { keyboard } = page
  await page.goto('/console/sign-in')
  await page.getByLabel('E-mail address').waitFor()
  await keyboard.press('Tab')
  await keyboard.type(people.owner)
  await keyboard.press('Tab')
  await keyboard.type(password)
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Budgets' }).waitFor()
  await settled(page)
  const focused = () => page.evaluate<string>('document.activeElement.innerText || document.activeElement.id')
  await page.reload()
  await page.getByRole('heading', { name: 'Budgets' }).waitFor()
  await settled(page)
  await keyboard.press('Tab')
  t.is(await focused(), 'Skip to the content')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  t.is(await focused(), 'New budget')
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  t.is(await focused(), 'New budget')
})

test('without a connection the page says so, keeps what it has, and goes on when it is back', async t => {
  const { page, context, close } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.getByText(/of \$5,000\.00/).waitFor()
  await context.setOffline(true)
  await page.getByText('No connection. What you see may be old.').waitFor()
  t.true(await page.getByText(/of \$5,000\.00/).isVisible())
  await page.getByRole('tab', { name: 'Requests' }).click()
  await page.getByText('There is no connection to the server.').waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Nobody asks for more.').waitFor()
  t.is(await page.getByText('No connection. What you see may be old.').count(), 0)
})

test('a session that was ended elsewhere ends here, and signing in leads back', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.admin, password)
  await page.goto('/console/techcorp/teams')
  await page.getByRole('heading', { name: 'Teams' }).waitFor()
  await settled(page)
  await api.database.admin.query(
    `update app_private.sessions set ended_at = now(), ended_because = 'ended'
     from app_public.users where users.id = user_id and email = $1`,
    [people.admin]
  )
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByLabel('E-mail address').fill(people.admin)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/console\/techcorp\/members/)
  t.pass()
})
