import test from 'ava'
import { barriers, picture, settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

const api = openConsole(test)

test('a budget shows where it will probably end, and when it will have run out, as the API says', async t => {
  // Eight weeks at a pace that the budget will not bear.
  await api.database.admin.query(
    `insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
     select id, 'openai', 'gpt-5', 10000, 'USD', 10000, 'USD', now() - day * interval '1 day'
     from app_public.organizations, generate_series(1, 55) as day where slug = 'techcorp'`
  )
  const { body } = await api.token({ grant_type: 'password', username: people.owner, password })
  const caller = { token: body.access_token, tenant: 'techcorp' }
  await api.graphql(
    'mutation { createBudget(input: { name: "Too small", period: "year", limitAmount: "700000" }) { result { id } } }',
    caller
  )
  const { data } = await api.graphql('{ budgets { nodes { name forecast { expected runsOutOn } } } }', caller)
  const told = data.budgets.nodes as {
    name: string
    forecast: { expected: string | null; runsOutOn: string | null } | null
  }[]
  const expected = told.filter(({ forecast }) => forecast?.expected != null).length
  const short = told.filter(({ forecast }) => forecast?.runsOutOn != null).length
  t.true(expected > 0 && short > 0, JSON.stringify(told))

  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.goto('/console/techcorp/budgets')
  await page
    .getByText(/^Expected by the end: \$/)
    .first()
    .waitFor()
  await settled(page)
  t.is(await page.getByText(/^Expected by the end: /).count(), expected)
  t.is(await page.locator('.bar .band').count(), expected)
  t.is(await page.getByText(/^Runs out on /).count(), short)
  t.deepEqual(await barriers(page), [])
  await picture(page, 'budgets-forecast')
  t.deepEqual(complaints, [])
})
