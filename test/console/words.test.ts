import test from 'ava'
import { httpErrors } from '../../server/refusals.ts'
import { errorsInChinese } from '../../server/console/i18n/zh/errors.ts'
import { permissionsInChinese } from '../../server/console/i18n/zh/permissions.ts'
import { settled, visit } from '../helpers/browser.ts'
import { openConsole, pagesOf, password, people, raiseAlerts } from './scene.ts'

const api = openConsole(test, raiseAlerts)

test('Chinese has a sentence for every refusal and every permission', async t => {
  const { rows: codes } = await api.database.admin.query('select code from app_hidden.error_codes()')
  const { rows: permissions } = await api.database.admin.query('select name from app_public.permissions')
  const known = [...Object.keys(httpErrors), ...codes.map(({ code }) => code)]
  t.deepEqual(
    known.filter(code => !(code in errorsInChinese)),
    []
  )
  t.deepEqual(
    permissions.map(({ name }) => name).filter(name => !(name in permissionsInChinese)),
    []
  )
})

/** What is written the same in every language: names of people and things, and what people call by its letters. */
const same = new RegExp(
  [
    // What was done, as logs name it.
    '[a-z_]+:[a-z_]+',
    ...[
      'TechCorp',
      'Inc',
      'Agency',
      'Digital',
      'Ltd',
      'Engineering',
      'Frontend',
      'Backend',
      'Squad',
      'Team',
      'ingestion'
    ],
    ...[
      'John',
      'Doe',
      'Jane',
      'Smith',
      'Alice',
      'Chen',
      'techcorp',
      'example',
      'john',
      'jane',
      'alice',
      'gpt',
      'gemini'
    ],
    ...[
      'claude',
      'opus',
      'pro',
      'openai',
      'anthropic',
      'google',
      'rg_\\w+',
      'zCCR',
      'English',
      'Rowgate',
      'API',
      'CSV',
      'XLSX'
    ],
    ...[
      'UTC',
      'JSON',
      'https?',
      'USD',
      'Builds software for other companies',
      'Mozilla.*',
      'com',
      'TB',
      'GB',
      'MB',
      'kB'
    ]
  ].join('|'),
  'g'
)

test('in Chinese no page has English left over', async t => {
  const { page, close } = await visit(api.url, { language: 'zh-CN' })
  t.teardown(close)
  const leftOver: object[] = []
  const look = async (path: string) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    const shown = await page.evaluate<string[]>(`[
      document.title,
      ...document.body.innerText.split('\\n'),
      ...[...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap(node =>
        ['aria-label', 'placeholder', 'title'].map(name => node.getAttribute(name) ?? ''))
    ]`)
    // antd's icons name themselves for machines and are hidden from readers.
    for (const text of new Set(shown)) {
      if (/[a-z]{3,}/i.test(text.replace(same, '')) && !/^[a-z-]+$/.test(text)) leftOver.push({ path, text })
    }
  }
  for (const path of ['register', 'forgot-password', 'accept-invitation', 'sign-in']) {
    await page.goto(`/console/${path}`)
    await look(path)
  }
  await page.getByLabel('邮箱地址').fill(people.owner)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL(/techcorp/)
  for (const path of pagesOf('inside')) {
    await page.goto(`/console/techcorp/${path}`)
    await look(path)
    for (const tab of await page.getByRole('tab', { selected: false }).all()) {
      await tab.click()
      await look(`${path}: ${await tab.innerText()}`)
    }
  }
  t.deepEqual(leftOver, [])

  await page.getByRole('button', { name: /账户/ }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  t.is(await page.evaluate('document.documentElement.lang'), 'en-US')
})
