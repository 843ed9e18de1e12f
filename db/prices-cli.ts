import { readDatabaseUrl } from '../server/config.ts'
import { assertReachable } from '../server/start/external.ts'
import { live } from '../server/start/life.ts'
import { dataDirectory } from './data-directory.ts'
import { updateListPrices } from './prices.ts'
import { readRun } from './run-file.ts'

// `npm run prices:update`: DATABASE_URL names an administrator, as for a migration; without it, the database of the
// running `npm start`.
live(async life => {
  const running = process.env['DATABASE_URL'] ? undefined : readRun(dataDirectory(process.env))
  const databaseUrl = running?.databaseUrl ?? readDatabaseUrl(process.env, 'administrator')
  await assertReachable(databaseUrl)
  const { lists, changed, aliases } = await updateListPrices(databaseUrl)
  console.log(`${changed} of ${lists} price lists are new or changed, and ${aliases} other names of models.`)
  life.finish()
})
