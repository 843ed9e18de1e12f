import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'

// In the page's own language: here there is no document. A page can be used when its title and everything that it asked for are shown,
// but for what it marks as coming later, and the next frame is drawn and the next event is answered: then a click would be.
const watch = `{
  const look = () => {
    const there = document.querySelector('main h1')
    const busy = document.querySelector('[aria-busy=true]:not([data-later=true]), .ant-spin-spinning')
    if (!there || busy) return void requestAnimationFrame(look)
    requestAnimationFrame(() => setTimeout(() => (window.usableAfter = performance.now())))
  }
  requestAnimationFrame(look)
}`

/** Notes in every page that is opened from now on when it can be used. */
export async function watchOpening(context: BrowserContext): Promise<void> {
  await context.addInitScript(watch)
}

async function told(page: Page, expression: string): Promise<number> {
  for (;;) {
    const told = await page.evaluate<number | undefined>(expression)
    if (told !== undefined && told !== null) return told
    await pause(50)
  }
}

/** Milliseconds from the beginning of the navigation until the page that is opened can be used. */
export const opened = (page: Page): Promise<number> => told(page, 'window.usableAfter')

/** And until its form was drawn. */
export const firstPaint = async (page: Page): Promise<number> => {
  await opened(page)
  return told(page, "performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
}
