import test from 'ava'
import { accessible, picture, settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

const api = openConsole(test)

test('an owner signs in, sees the budgets, and a bar moves when usage is recorded', async t => {
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await page.goto('/console/')
  await page.waitForURL(/sign-in/)
  await settled(page)
  await accessible(t, page, 'sign-in')
  await picture(page, 'sign-in')
  await signIn(page, people.owner, password)
  await page.getByRole('heading', { name: 'Budgets' }).waitFor()
  await settled(page)
  await picture(page, 'budgets')
  await accessible(t, page, 'budgets')
  t.deepEqual(complaints, [])
})
