import test from 'ava'
import { startApi } from '../helpers/api.ts'

test('/readyz is 200 while the database is migrated as far as this version, and 503 with the remedy otherwise', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  const ask = async () => {
    const response = await fetch(`${api.url}/readyz`)
    return { status: response.status, body: (await response.json()) as any }
  }
  const ready = await ask()
  t.is(ready.status, 200)
  t.is(ready.body.status, 'ready')
  t.true(Array.isArray(ready.body.warnings))
  await api.database.admin.query("update graphile_migrate.migrations set filename = '000000.sql'")
  const behind = await ask()
  t.is(behind.status, 503)
  t.like(behind.body, { status: 'not ready', remedy: 'Run "npm run migrate".' })
  t.is((await fetch(`${api.url}/healthz`)).status, 200)
})

test('a method that an address does not take is 405 and says which it takes', async t => {
  const api = await startApi()
  t.teardown(() => api.close())
  for (const path of ['/graphql', '/auth/token']) {
    const response = await fetch(api.url + path)
    t.is(response.status, 405)
    t.is(response.headers.get('allow'), 'POST')
    t.regex(await response.text(), /METHOD_NOT_ALLOWED/)
  }
})
