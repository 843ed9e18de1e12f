import { Router } from 'express'
import type pg from 'pg'
import { newestMigration } from '../../db/migrate.ts'
import { anonymous, openRequest } from '../claims.ts'
import { flight } from '../pg.ts'
import { currentRequest } from '../request.ts'

/** GET /healthz: the process lives. GET /readyz: it can serve, i.e. the database answers and is migrated. */
export function healthRoutes(pool: pg.Pool): Router {
  const router = Router()
  const upToDate = newestMigration()
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_request, response) => {
    const opening = openRequest(anonymous, undefined, currentRequest().id)
    const { rows } = await flight(pool, opening, {
      name: 'readyz',
      text: 'select app_hidden.last_migration() as migration, array(select app_hidden.server_warnings()) as warnings'
    })
    const { migration, warnings } = rows[0]
    const newest = await upToDate
    const ready = migration === newest
    response.status(ready ? 200 : 503).json({
      status: ready ? 'ready' : 'not ready',
      database: { migration, newest },
      ...(!ready && { remedy: 'Run "npm run migrate".' }),
      warnings
    })
  })
  return router
}
