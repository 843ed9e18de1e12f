import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import { csv } from '../exports/csv.ts'
import { kinds, parameters, type Kind } from '../exports/kinds.ts'
import { readRows } from '../exports/rows.ts'
import { writeXlsx } from '../exports/xlsx.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { admit } from '../middleware/rates.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { problems } from './openapi.ts'
import type { Route } from './route.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
}

/** GET /v1/exports/…: what the caller may see, as a file that is made while it is read. */
export function exportRoutes(pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route[] {
  return Object.entries<Kind>(kinds).map(([name, kind]) => ({
    method: 'get',
    path: `/v1/exports/${name}`,
    operation: operationOf(name, kind),
    handlers: [authenticate(read), admit(limits), (request, response) => send(pool, name, kind, request, response)]
  }))
}

async function send(pool: pg.Pool, name: string, kind: Kind, request: Request, response: Response): Promise<void> {
  const { opening, stream } = currentRequest()
  const format = one(request, 'format') ?? 'csv'
  if (format !== 'csv' && format !== 'xlsx') throw new HttpError('INVALID_INPUT', { rule: 'format: csv or xlsx.' })
  const values = kind.parameters.map(parameter => {
    const value = one(request, parameter)
    if (value === null && parameters[parameter].required) {
      throw new HttpError('INVALID_INPUT', { rule: `${parameter}: needed.` })
    }
    return value
  })
  try {
    await readRows(pool, opening, kind, values, async batches => {
      stream?.()
      response.set('Content-Type', types[format])
      response.set('Content-Disposition', `attachment; filename="${name}.${format}"`)
      response.set('Cache-Control', 'no-store')
      // The end is not said before the transaction has: who gets a whole file got a whole answer.
      if (format === 'csv') await pipeline(csv(kind.columns, batches), response, { end: false })
      else await writeXlsx(kind.columns, batches, response)
    })
    response.end()
  } catch (error) {
    if (!response.headersSent) throw error
    currentRequest().log.warn({ reason: (error as Error).message }, 'an export ended early')
    response.destroy()
  }
}

/** A parameter of the query, which may be there once. Throws INVALID_INPUT. */
function one({ query }: Request, name: string): string | null {
  const value = query[name]
  if (value === undefined || value === '') return null
  if (typeof value !== 'string') throw new HttpError('INVALID_INPUT', { rule: `${name}: once.` })
  return value
}

const operationOf = (name: string, { summary, description, parameters: names }: Kind) => ({
  operationId: `export_${name}`,
  summary,
  description: `${description} In CSV, text that a spreadsheet would take for a formula has a quote in front; in XLSX, numbers of more than 15 digits are text. Both to the last digit.`,
  tags: ['exports'],
  security: [{ bearer: [] }],
  parameters: [
    ...names.map(parameter => ({ name: parameter, in: 'query', ...parameters[parameter] })),
    {
      name: 'format',
      in: 'query',
      required: false,
      schema: { enum: Object.keys(types) },
      description: 'csv unless told.'
    }
  ],
  responses: {
    200: {
      description: 'The file.',
      content: Object.fromEntries(
        Object.values(types).map(type => [type.split(';')[0], { schema: { type: 'string', contentMediaType: type } }])
      )
    },
    ...problems(401, 403, 404, 422, 429, 500, 503)
  }
})
