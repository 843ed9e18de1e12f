import test from 'ava'
import { gzipSync } from 'node:zlib'
import { settled, visit } from '../helpers/browser.ts'
import { openConsole } from './scene.ts'

const api = openConsole(test)
const most = 300_000

test('the sign-in page takes at most 300 kB of scripts, packed', async t => {
  const { page, close } = await visit(api.url)
  t.teardown(close)
  const sizes: Promise<number>[] = []
  page.on('response', response => {
    if (response.url().endsWith('.js')) sizes.push(response.body().then(body => gzipSync(body).length))
  })
  await page.goto('/console/sign-in')
  await page.getByLabel('Password', { exact: true }).waitFor()
  await settled(page)
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  t.log(`${Math.round(total / 1000)} kB in ${sizes.length} files`)
  t.true(total > 50_000, 'they were counted')
  t.true(total <= most, `${total} bytes`)
})
