import { readDatabaseUrl } from '../server/config.ts'
import { assertReachable } from '../server/start/external.ts'
import { live } from '../server/start/life.ts'
import { migrate } from './migrate.ts'

// `npm run migrate`: DATABASE_URL names an administrator here. The passwords of the two logins are set when given.
live(async life => {
  const { env } = process
  const adminUrl = readDatabaseUrl(env, 'administrator')
  await assertReachable(adminUrl, true)
  const apiPassword = env['ROWGATE_API_PASSWORD']
  const workerPassword = env['ROWGATE_WORKER_PASSWORD']
  const { withoutPassword } = await migrate({
    adminUrl,
    ...(apiPassword && { apiPassword }),
    ...(workerPassword && { workerPassword }),
    log: console.log
  })
  if (withoutPassword) {
    console.log(
      'The logins rowgate_authenticator and rowgate_worker have no password yet: run this again with ROWGATE_API_PASSWORD and ROWGATE_WORKER_PASSWORD.'
    )
  }
  life.finish()
})
