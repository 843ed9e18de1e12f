import test from 'ava'
import { settled, signIn, visit } from '../helpers/browser.ts'
import { openConsole, password, people } from './scene.ts'

const api = openConsole(test)

test('ten thousand members scroll in a table that holds only those that are seen, and are found by name', async t => {
  await api.database.admin.query(`
    with made as (
      insert into app_public.users (email, name, email_verified_at)
      select 'person' || n || '@techcorp.example', 'Person ' || lpad(n::text, 5, '0'), now()
      from generate_series(1, 10000) as n
      returning id
    )
    insert into app_public.members (organization_id, user_id, role)
    select organizations.id, made.id, 'member' from made, app_public.organizations where slug = 'techcorp'`)
  const { page, close, complaints } = await visit(api.url)
  t.teardown(close)
  await signIn(page, people.owner, password)
  await page.goto('/console/techcorp/members')
  await page.getByText('10,003 people').waitFor()
  await settled(page)
  const list = page.locator('.ant-table-tbody-virtual-holder')
  const rows = page.locator('.ant-table-tbody-virtual .ant-table-row')
  // The last page has come when there is so much to scroll through.
  await page.waitForFunction(
    // In the page's own language: a function there.
    new Function(
      "return document.querySelector('.ant-table-tbody-virtual-holder-inner').parentElement.getBoundingClientRect().height > 400000"
    ) as () => boolean
  )
  t.true((await rows.count()) < 100)
  await list.hover()
  await page.mouse.wheel(0, 1_000_000)
  await page.waitForFunction(
    new Function(
      "const all = document.querySelectorAll('.ant-table-tbody-virtual .ant-table-row'); return all.length > 0 && !all[0].innerText.includes('John Doe')"
    ) as () => boolean
  )
  t.true((await rows.count()) < 100)

  await page.getByRole('searchbox').fill('person 07777')
  await page.getByText('person7777@techcorp.example').waitFor()
  t.is(await rows.count(), 1)
  t.deepEqual(complaints, [])
})
