import { loadDemo } from '../../db/demo.ts'
import { buildConsole } from '../../server/start/console.ts'
import { startApi } from '../helpers/api.ts'
import { median, type Bench, type Row } from '../helpers/bench.ts'
import { signIn, visit } from '../helpers/browser.ts'
import { pagesOf } from '../console/scene.ts'
import { firstPaint, opened, watchOpening } from '../helpers/opening.ts'

const pages = pagesOf('inside')

export default {
  title: 'how soon each page of the console can be used, on a processor that is four times slower',
  async run(tools) {
    await buildConsole()
    const database = await tools.database()
    await loadDemo({ databaseUrl: database.url })
    const api = await startApi({ logLevel: 'silent' }, database)
    tools.keep(api.close)
    const { page, context, close } = await visit(api.url)
    tools.keep(close)
    await signIn(page, 'john@techcorp.example', 'rowgate-demo')
    await watchOpening(context)
    const control = await context.newCDPSession(page)
    await control.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const turns = tools.short ? 1 : 3
    const measure = async (path: string, cold: boolean, what = opened): Promise<number> => {
      const times: number[] = []
      for (let turn = 0; turn < turns; turn++) {
        if (cold) await control.send('Network.clearBrowserCache')
        await page.goto(`/console/${path}`, { waitUntil: 'commit' })
        times.push((await what(page)) / 1000)
      }
      return median(times)
    }
    const row = (what: string, seconds: number): Row => {
      tools.log(`${what}: ${seconds.toFixed(2)} s`)
      return {
        what: `${what}: ${seconds.toFixed(2)} s`,
        rate: 1 / seconds,
        against: { what: 'usable within 1.5 s', rate: 1 / 1.5, atLeast: 1 }
      }
    }
    const tables = { warm: [] as Row[], cold: [] as Row[] }
    for (const cold of [false, true]) {
      const rows = cold ? tables.cold : tables.warm
      if (!cold) await measure('techcorp/budgets', false)
      for (const path of pages) rows.push(row(path, await measure(`techcorp/${path}`, cold)))
      // What nothing here can be faster than: the page that only draws a form, and asks for nothing.
      rows.push(row('the first paint of an empty form', await measure('forgot-password', cold, firstPaint)))
    }
    return [
      { title: 'pages in a second, with what the browser has kept', rows: tables.warm },
      { title: 'and with nothing kept', rows: tables.cold }
    ]
  }
} satisfies Bench
