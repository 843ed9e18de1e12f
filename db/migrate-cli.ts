import { ConfigError, readDatabaseUrl } from '../server/config.ts'
import { migrate } from './migrate.ts'

// `npm run migrate`: DATABASE_URL names an administrator here. The passwords of the two logins are set when given.
const env = process.env
try {
  const adminUrl = readDatabaseUrl(env, 'administrator')
  const apiPassword = env['ROWGATE_API_PASSWORD']
  const workerPassword = env['ROWGATE_WORKER_PASSWORD']
  await migrate({
    adminUrl,
    ...(apiPassword && { apiPassword }),
    ...(workerPassword && { workerPassword }),
    log: console.log
  })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
