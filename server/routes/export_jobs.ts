import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { formats } from '../exports/formats.ts'
import { signLink } from '../exports/links.ts'
import type { TokenKeys } from '../keys.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { HttpError } from '../errors.ts'
import { exportFileRoute } from './export_file.ts'
import { fieldsOf } from './fields.ts'
import { form, json, problems } from './openapi.ts'
import type { Route } from './route.ts'

const uuid = { type: 'string', format: 'uuid' }
const time = { type: ['string', 'null'], format: 'date-time' }
const card = {
  type: 'object',
  required: ['id', 'kind', 'format', 'status', 'code', 'bytes', 'created_at', 'expires_at', 'url', 'url_expires_at'],
  properties: {
    id: uuid,
    kind: { enum: ['usage', 'statement'] },
    format: { enum: Object.keys(formats) },
    status: { enum: ['queued', 'running', 'ready', 'failed', 'revoked'] },
    code: { type: ['string', 'null'], description: 'What it failed for.' },
    bytes: { type: 'string', description: 'The length of the file so far.' },
    created_at: time,
    expires_at: { ...time, description: 'When the file is deleted.' },
    url: { type: ['string', 'null'], description: 'Where the file is, once it is ready; needs no credential.' },
    url_expires_at: { ...time, description: 'When this link ends; ask again for another.' }
  },
  additionalProperties: false
}
const columns = `id, organization_id, kind, format, status, code, bytes::text, link, app_hidden.as_instant(created_at) as created_at,
  app_hidden.as_instant(expires_at) as expires_at`

/** Exports that the worker makes: asked for, looked at, revoked, and fetched by a signed link. */
export function exportJobRoutes(pool: pg.Pool, read: ReadCredential, keys: TokenKeys, limits: RateLimits): Route[] {
  const id = { name: 'id', in: 'path', required: true, schema: uuid }
  const common = { tags: ['exports'], security: [{ bearer: [] }] }
  /** One row, with a link where there is something to fetch. */
  const answer = async (name: string, text: string, values: (string | null)[]) => {
    const { rows } = await flight(pool, currentRequest().opening, { name, text, values })
    if (!rows[0]) throw new HttpError('EXPORT_UNKNOWN')
    const { organization_id: organizationId, link, ...row } = rows[0]
    const signed = row.status === 'ready' ? signLink(keys, { exportId: row.id, organizationId, link }) : undefined
    return {
      ...row,
      url: signed ? `/v1/exports/file?link=${signed.token}` : null,
      url_expires_at: signed?.expiresAt ?? null
    }
  }
  return [
    exportFileRoute(pool, keys, limits),
    {
      method: 'post',
      path: '/v1/exports',
      operation: {
        ...common,
        operationId: 'requestExport',
        summary: 'Ask for an export that is made later',
        description:
          'For millions of records: the worker makes the file, and it is there for 3 days. It holds what you may see when it is made.',
        requestBody: form({
          type: 'object',
          required: ['kind'],
          properties: {
            kind: { enum: ['usage', 'statement'] },
            format: { enum: Object.keys(formats) },
            since: { type: 'string', format: 'date-time', description: 'Of usage: from this instant on.' },
            until: {
              type: 'string',
              format: 'date-time',
              description: 'Of usage: up to this instant; now unless told.'
            },
            number: { type: 'string', description: "Of a statement: the statement's number." }
          }
        }),
        responses: {
          ...json('The export, queued.', card),
          ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503)
        }
      },
      handlers: [
        authenticate(read),
        admit(limits),
        ...tokenBody,
        async (request, response) => {
          const {
            kind,
            format = 'csv',
            since,
            until,
            number
          } = fieldsOf(request, ['kind'], ['format', 'since', 'until', 'number'])
          const values = [kind, format, since ?? null, until ?? null, number ?? null]
          response.json(
            await answer(
              'request_export',
              `select ${columns} from app_public.request_export($1, $2, $3, $4, $5)`,
              values
            )
          )
        }
      ]
    },
    {
      method: 'get',
      path: '/v1/exports/{id}',
      operation: {
        ...common,
        operationId: 'getExport',
        summary: 'How far an export is, and a link to its file',
        description: 'Of an export that you asked for. Each answer has a link of its own, which is good for an hour.',
        parameters: [id],
        responses: { ...json('The export.', card), ...problems(401, 403, 404, 422, 429, 500, 503) }
      },
      handlers: [
        authenticate(read),
        admit(limits),
        async ({ params }, response) => {
          const text = `select ${columns} from app_public.exports where id = $1`
          response.set('Cache-Control', 'no-store').json(await answer('get_export', text, [String(params['id'])]))
        }
      ]
    },
    {
      method: 'post',
      path: '/v1/exports/{id}/revoke',
      operation: {
        ...common,
        operationId: 'revokeExport',
        summary: 'Delete the file of an export, or stop making it',
        description: 'Every link to it is refused from then on, and who is fetching it is cut off.',
        parameters: [id],
        responses: { ...json('The export.', card), ...problems(401, 403, 404, 422, 429, 500, 503) }
      },
      handlers: [
        authenticate(read),
        admit(limits),
        async ({ params }, response) => {
          const text = `select ${columns} from app_public.revoke_export($1)`
          response.json(await answer('revoke_export', text, [String(params['id'])]))
        }
      ]
    }
  ]
}
