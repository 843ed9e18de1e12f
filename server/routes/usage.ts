import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { eventBody } from '../middleware/events.ts'
import { admit } from '../middleware/rates.ts'
import { flight } from '../pg.ts'
import type { RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { json, problems } from './openapi.ts'
import type { Route } from './route.ts'
import { answer, asJson, cloudEvent, estimate, event, events, hold, record, settlement, uuid } from './usage_schemas.ts'

/** POST /v1/usage and what is below it: the verbs of usage for who does not speak GraphQL. The body goes to PostgreSQL as it is. */
export function usageRoutes(pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route[] {
  const route = ({ path, types, answers, columns, call, ...words }: Verb): Route => ({
    method: 'post',
    path,
    operation: {
      ...words,
      tags: ['usage'],
      security: [{ bearer: [] }],
      requestBody: { required: true, content: types },
      responses: { ...answers, ...problems(400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 503) }
    },
    handlers: [
      authenticate(read),
      admit(limits),
      ...eventBody(...Object.keys(types)),
      async (request, response) => {
        const { rows } = await flight(pool, currentRequest().opening, {
          name: path,
          text: `select ${columns.required.join(', ')} from app_hidden.${call}($1)`,
          values: [request.body]
        })
        response.json(call === 'record_events' ? { answers: rows } : rows[0])
      }
    ]
  })

  return [
    route({
      path: '/v1/usage',
      operationId: 'recordUsage',
      summary: 'Record usage',
      description:
        'Records one event and charges every budget that applies, or refuses and writes nothing. The same event again answers '
        + 'the same record. A CloudEvent is taken too, in structured or binary mode: its id is the idempotency key, its time '
        + 'when the use occurred, its data the rest. Numbers may be JSON numbers or strings; not a digit is lost.',
      types: { ...asJson(event), 'application/cloudevents+json': { schema: cloudEvent } },
      answers: json('The record.', record),
      columns: record,
      call: 'record_event'
    }),
    route({
      path: '/v1/usage/batch',
      operationId: 'recordUsageBatch',
      summary: 'Record up to 10,000 events',
      description:
        'Each event gets an answer of its own, in their order; what is refused leaves the others alone. A body that can not be '
        + 'read, or an event with a name that none has, refuses the whole: nothing is recorded, and "line" or "place" says where.',
      types: {
        ...asJson({
          oneOf: [events, { type: 'object', required: ['events'], properties: { events }, additionalProperties: false }]
        }),
        'application/x-ndjson': { schema: { type: 'string', description: 'An event a line.' } },
        'application/cloudevents-batch+json': { schema: { type: 'array', items: cloudEvent, maxItems: 10_000 } }
      },
      answers: json('What became of each.', {
        type: 'object',
        required: ['answers'],
        properties: { answers: { type: 'array', items: answer } },
        additionalProperties: false
      }),
      columns: answer,
      call: 'record_events'
    }),
    route({
      path: '/v1/usage/authorize',
      operationId: 'authorizeUsage',
      summary: 'Ask before the use',
      description: 'Keeps the estimate free on every budget that applies until the hold expires, or refuses.',
      types: asJson(estimate),
      answers: json('The hold.', hold),
      columns: hold,
      call: 'authorize_event'
    }),
    route({
      path: '/v1/usage/settle',
      operationId: 'settleUsage',
      summary: 'Book what it really cost',
      description: 'Ends the hold. It is never refused for a budget; what is above the hold is booked as an overrun.',
      types: asJson(settlement),
      answers: json('The record.', record),
      columns: record,
      call: 'settle_event'
    }),
    route({
      path: '/v1/usage/release',
      operationId: 'releaseUsage',
      summary: 'Give a hold back',
      types: asJson({
        type: 'object',
        required: ['hold_id'],
        properties: { hold_id: uuid },
        additionalProperties: false
      }),
      answers: json('The hold.', hold),
      columns: hold,
      call: 'release_event'
    })
  ]
}

interface Verb {
  path: string
  operationId: string
  summary: string
  description?: string
  /** What the body may be. */
  types: Record<string, { schema: object }>
  answers: object
  /** What of its rows is answered: all that the document names. */
  columns: { required: string[] }
  /** The function that reads the body. */
  call: 'record_event' | 'record_events' | 'authorize_event' | 'settle_event' | 'release_event'
}
