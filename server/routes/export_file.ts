import type { Request, Response } from 'express'
import type pg from 'pg'
import { formats, type FormatName } from '../exports/formats.ts'
import { readLink, type Link } from '../exports/links.ts'
import { sendFile } from '../exports/send.ts'
import type { TokenKeys } from '../keys.ts'
import { admit } from '../middleware/rates.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { problems } from './openapi.ts'
import type { Route } from './route.ts'

/** The file of an export, for whoever has a link to it. */
export const exportFileRoute = (pool: pg.Pool, keys: TokenKeys, limits: RateLimits): Route => ({
  method: 'get',
  // In the query, which is logged nowhere.
  path: '/v1/exports/file',
  operation: {
    tags: ['exports'],
    security: [],
    operationId: 'fetchExport',
    summary: 'Fetch the file of an export',
    description: 'By the link that getExport answers. What it needs is asked anew for each piece.',
    parameters: [{ name: 'link', in: 'query', required: true, schema: { type: 'string' } }],
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
      ...problems(403, 410, 429, 500, 503)
    }
  },
  handlers: [admit(limits), async (request, response) => fetchFile(pool, keys, request, response)]
})

async function fetchFile(pool: pg.Pool, keys: TokenKeys, { query }: Request, response: Response) {
  const link = readLink(keys, String(query['link']))
  const first = await readPiece(pool, link, 1)
  response.set('Content-Length', String(first.bytes))
  await sendFile(response, { name: first.kind, format: first.format }, pieces(pool, link, first))
}

interface Piece {
  kind: string
  format: FormatName
  bytes: string
  chunks: number
  content: Buffer | null
}

async function* pieces(pool: pg.Pool, link: Link, first: Piece): AsyncGenerator<Buffer, void, undefined> {
  for (let place = 1, piece = first; place <= first.chunks; piece = await readPiece(pool, link, ++place)) {
    if (piece.content?.length) yield piece.content
    if (place === first.chunks) return
  }
}

async function readPiece(pool: pg.Pool, { exportId, organizationId, link }: Link, place: number): Promise<Piece> {
  const { rows } = await flight<Piece>(pool, currentRequest().opening, {
    name: 'export_chunk',
    text: 'select kind, format, bytes, chunks, content from app_hidden.export_chunk($1, $2, $3, $4)',
    values: [exportId, organizationId, link, place]
  })
  return rows[0]!
}
