import { AxeBuilder } from '@axe-core/playwright'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

/** Where pictures of every page are left for whoever wants to look at them. */
const pictures = `${import.meta.dirname}/../console/screenshots`

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

export interface Visitor {
  page: Page
  context: BrowserContext
  /** What the browser complained about: broken scripts, refused styles, and the like. */
  complaints: string[]
  close(): Promise<void>
}

/** Somebody with a browser of their own, who begins at the console of this server. */
export async function visit(
  url: string,
  { language = 'en-US', dark = false, width = 1280, downloads = true } = {}
): Promise<Visitor> {
  const profile = await mkdtemp(`${tmpdir()}/rowgate-browser-`)
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    args,
    baseURL: url,
    locale: language,
    timezoneId: 'UTC',
    colorScheme: dark ? 'dark' : 'light',
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    acceptDownloads: downloads
  })
  context.setDefaultTimeout(30_000)
  const page = context.pages()[0] ?? (await context.newPage())
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    // What is refused is told by the browser as well; the page shows it in words.
    if (message.type() === 'error' && !/the server responded with a status of 4/.test(message.text()))
      complaints.push(message.text())
  })
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    }
  }
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/console/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  await page.waitForURL(address => !address.pathname.endsWith('/sign-in'))
}

/** Everything that was asked for is shown, and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  const busy = page.locator('[aria-busy=true], .ant-spin-spinning')
  while (await busy.count()) await busy.first().waitFor({ state: 'detached' })
  // In the page's own language: here there is no document.
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))')
}

/** What axe finds wrong with what is shown. */
export async function barriers(page: Page): Promise<object[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => ({ id, html, why: [...any, ...all, ...none][0]?.message }))
  )
}

export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
