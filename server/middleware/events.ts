import express, { type Request, type RequestHandler } from 'express'
import { HttpError } from '../errors.ts'
import { onlyType } from './body.ts'

// 10,000 events of 800 bytes.
const limit = '8mb'
const mostLines = 10_000

/**
 * Bodies with usage events. They stay text that PostgreSQL reads, so that an amount keeps every digit; here it is only looked
 * whether that is JSON. A body of lines (application/x-ndjson) becomes an array, and an event whose envelope is in the
 * headers (CloudEvents' binary mode) gets one around it.
 */
export const eventBody = (...types: string[]): RequestHandler[] => [
  onlyType(...types),
  express.text({ limit, type: types, defaultCharset: 'utf-8' }),
  (request, _response, next) => {
    const text = String(request.body ?? '')
    request.body = request.is('application/x-ndjson') ? linesOf(text) : wrapped(request, checked(text))
    next()
  }
]

function checked(text: string, where: Record<string, unknown> = {}): string {
  try {
    JSON.parse(text)
    return text
  } catch {
    throw new HttpError('MALFORMED_JSON', where)
  }
}

/** Each line is JSON by itself, so that none can be a part of another. */
function linesOf(text: string): string {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() ? [{ line, number: index + 1 }] : []))
  if (lines.length > mostLines) throw new HttpError('INVALID_INPUT', { rule: 'events: 1 to 10,000.' })
  return `[${lines.map(({ line, number }) => checked(line, { line: number })).join(',')}]`
}

function wrapped(request: Request, data: string): string {
  const version = request.get('ce-specversion')
  if (version === undefined) return data
  const [id, time] = [header(request, 'ce-id'), header(request, 'ce-time')]
  const envelope = JSON.stringify({ specversion: version, id, time })
  return `${envelope.slice(0, -1)},"data":${data}}`
}

/** What is not ASCII comes percent-encoded (CloudEvents, HTTP binding 3.1.3.2). */
function header(request: Request, name: string): string | undefined {
  try {
    const value = request.get(name)
    return value && decodeURIComponent(value)
  } catch {
    throw new HttpError('INVALID_INPUT', { rule: `${name}: percent-encoded UTF-8.` })
  }
}
