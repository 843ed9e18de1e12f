import { loadDemo } from '../../db/demo.ts'
import { buildConsole } from '../../server/start/console.ts'
import { startApi } from '../helpers/api.ts'
import { median, type Bench } from '../helpers/bench.ts'
import { settled, signIn, visit } from '../helpers/browser.ts'

const pages = ['budgets', 'usage', 'keys', 'members', 'invitations', 'teams', 'roles', 'health', 'plan', 'settings']

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
    const control = await context.newCDPSession(page)
    await control.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const open = async (path: string): Promise<number> => {
      const begun = performance.now()
      await page.goto(`/console/techcorp/${path}`, { waitUntil: 'commit' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      return (performance.now() - begun) / 1000
    }
    const rows = []
    for (const path of pages) {
      await open(path)
      const times: number[] = []
      for (let turn = 0; turn < (tools.short ? 1 : 5); turn++) times.push(await open(path))
      tools.log(`${path}: ${median(times).toFixed(2)} s`)
      rows.push({
        what: path,
        rate: 1 / median(times),
        against: { what: 'usable within 1.5 s', rate: 1 / 1.5, atLeast: 1 }
      })
    }
    return [{ title: 'pages opened in a second, with all that they show, one after the other', rows }]
  }
} satisfies Bench
