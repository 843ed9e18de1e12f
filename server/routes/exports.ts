import type { Request, Response } from 'express'
import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import { formats, isFormat } from '../exports/formats.ts'
import { kinds, parameters, type Kind, type KindName, type Values } from '../exports/kinds.ts'
import { takeMark } from '../exports/pages.ts'
import { exportRunner, type RunExport } from '../exports/run.ts'
import { sendFile } from '../exports/send.ts'
import { makeSlots, type Slots } from '../exports/slots.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { admit } from '../middleware/rates.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { problems } from './openapi.ts'
import type { Route } from './route.ts'

interface Parts {
  pool: pg.Pool
  run: RunExport
  slots: Slots
}

/** GET /v1/exports/…: what the caller may see, as a file that is made while it is read. */
export function exportRoutes(pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route[] {
  const parts: Parts = { pool, run: exportRunner(pool.options.connectionString!), slots: makeSlots(6, 2) }
  return (Object.keys(kinds) as KindName[]).map(name => ({
    method: 'get',
    path: `/v1/exports/${name}`,
    operation: operationOf(name, kinds[name]),
    handlers: [authenticate(read), admit(limits), (request, response) => send(parts, name, request, response)]
  }))
}

async function send({ pool, run, slots }: Parts, name: KindName, request: Request, response: Response): Promise<void> {
  const kind: Kind = kinds[name]
  const { opening, signal } = currentRequest()
  const format = one(request, 'format') ?? 'csv'
  if (!isFormat(format)) throw new HttpError('INVALID_INPUT', { rule: 'format: csv or xlsx.' })
  const given = kind.parameters.map(parameter => {
    const value = one(request, parameter)
    if (value === null && parameters[parameter].required) {
      throw new HttpError('INVALID_INPUT', { rule: `${parameter}: needed.` })
    }
    return value
  })
  const [mark, now] = await takeMark(pool, opening, name)
  const until = kind.parameters.indexOf('until')
  if (until >= 0) given[until] ??= now
  const values: Values = kind.first?.(given, mark) ?? given
  // Only now it is known whose it is.
  const giveBack = slots.take(currentRequest().tenant!)
  try {
    await sendFile(response, { name, format }, run(opening, { kind: name, format, mark, values }, signal))
  } finally {
    giveBack()
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
      schema: { enum: Object.keys(formats) },
      description: 'csv unless told.'
    }
  ],
  responses: {
    200: {
      description: 'The file.',
      content: Object.fromEntries(
        Object.values(formats).map(({ type }) => [
          type.split(';')[0],
          { schema: { type: 'string', contentMediaType: type } }
        ])
      )
    },
    ...problems(401, 403, 404, 422, 429, 500, 503)
  }
})
