import { loadDemo } from '../db/demo.ts'
import { migrate } from '../db/migrate.ts'
import { removeRun, writeRun } from '../db/run-file.ts'
import { readWorkerConfig } from '../worker/config.ts'
import { startWorker } from '../worker/index.ts'
import { banner } from './banner.ts'
import { readServerConfig } from './config.ts'
import { startServer } from './index.ts'
import { loadSecrets } from './secrets.ts'
import { buildConsole } from './start/console.ts'
import { openDatabase } from './start/database.ts'
import { live } from './start/life.ts'
import { assertPortFree } from './start/port.ts'
import { readSettings } from './start/settings.ts'

// What `npm start` runs: everything in this process, with PostgreSQL as its only child.

live(async life => {
  const { env } = process
  const settings = readSettings(env)
  const { dataDirectory, production } = settings
  await assertPortFree(settings.port, settings.host)
  await buildConsole(console.log)

  const { adminUrl, place } = await openDatabase(settings, life)
  const { jwtSecret, apiPassword, workerPassword } = loadSecrets(dataDirectory, env)
  const { databaseUrl, apiUrl, workerUrl } = await migrate({
    adminUrl,
    ...(settings.externalUrl === undefined && { database: 'rowgate' }),
    apiPassword,
    workerPassword,
    // Of an external server others may know the logins; those of ours are ours alone.
    keepPasswords:
      settings.externalUrl !== undefined && !(env['ROWGATE_API_PASSWORD'] && env['ROWGATE_WORKER_PASSWORD'])
  })
  const demo = settings.demo ? await loadDemo({ databaseUrl }) : null

  const server = await startServer(readServerConfig({ ...env, DATABASE_URL: apiUrl, ROWGATE_JWT_SECRET: jwtSecret }))
  life.keep(server.close)

  // Links in mail lead to the console, unless there are other pages.
  const appUrl = env['ROWGATE_APP_URL'] || `${server.url}/console`
  const worker = await startWorker(readWorkerConfig({ ...env, DATABASE_URL: workerUrl, ROWGATE_APP_URL: appUrl }))
  life.keep(worker.close)
  worker.ended.catch(life.fail)

  writeRun(dataDirectory, { pid: process.pid, databaseUrl })
  life.keep(() => removeRun(dataDirectory))

  console.log(banner({ url: server.url, place, dataDirectory, explorer: !production, demo }))
})
