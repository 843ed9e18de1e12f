import type pg from 'pg'
import { newestMigration } from '../../db/migrate.ts'
import { anonymous, openRequest } from '../claims.ts'
import { flight } from '../pg.ts'
import { currentRequest } from '../request.ts'
import { json, problems } from './openapi.ts'
import type { Route } from './route.ts'

const readiness = {
  type: 'object',
  required: ['status', 'database', 'warnings'],
  properties: {
    status: { enum: ['ready', 'not ready'] },
    database: {
      type: 'object',
      properties: { migration: { type: ['string', 'null'] }, newest: { type: 'string' } },
      additionalProperties: false
    },
    remedy: { type: 'string' },
    warnings: { type: 'array', items: { type: 'string' } }
  },
  additionalProperties: false
}

/** GET /healthz: the process lives. GET /readyz: it can serve, i.e. the database answers and is migrated. */
export function healthRoutes(pool: pg.Pool): Route[] {
  const upToDate = newestMigration()
  return [
    {
      method: 'get',
      path: '/healthz',
      operation: {
        operationId: 'healthz',
        tags: ['health'],
        summary: 'Does the process live?',
        responses: json('It does.', {
          type: 'object',
          required: ['status'],
          properties: { status: { const: 'ok' } },
          additionalProperties: false
        })
      },
      handlers: [(_request, response) => void response.json({ status: 'ok' })]
    },
    {
      method: 'get',
      path: '/readyz',
      operation: {
        operationId: 'readyz',
        tags: ['health'],
        summary: 'Can it serve?',
        description:
          'Whether the database answers and is migrated; warnings name what weakens isolation on its server.',
        responses: {
          ...json('It can.', readiness),
          503: {
            description: 'It can not: the database is not migrated, or out of reach.',
            content: {
              'application/json': { schema: readiness },
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } }
            }
          },
          ...problems(500)
        }
      },
      handlers: [
        async (_request, response) => {
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
        }
      ]
    }
  ]
}
