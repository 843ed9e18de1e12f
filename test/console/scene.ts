import type { TestFn } from 'ava'
import { startApi, type Api } from '../helpers/api.ts'
import { loadDemo } from '../../db/demo.ts'

/** The demo's people on a server of their own: what `npm start` shows. */
export const people = {
  owner: 'john@techcorp.example',
  admin: 'jane@techcorp.example',
  member: 'alice@techcorp.example',
  stranger: 'bob@startupio.example'
}
export const password = 'rowgate-demo'

/** A server with the demo data for the tests of a file, there as soon as the first one runs. */
export function openConsole(test: TestFn): Api {
  const api = {} as Api
  test.before(async () => {
    Object.assign(api, await startApi())
    await loadDemo({ databaseUrl: api.database.url })
  })
  test.after.always(async () => {
    await api.close?.()
  })
  return api
}
