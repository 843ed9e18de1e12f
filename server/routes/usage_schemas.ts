// What the usage routes take and answer, as JSON Schema.

export const asJson = (schema: object) => ({ 'application/json': { schema } })

const text = { type: 'string' }
export const uuid = { type: 'string', format: 'uuid' }
const time = { type: 'string', format: 'date-time' }
const amount = { type: ['number', 'string', 'null'], description: 'Up to 12 places.' }
const count = { type: ['integer', 'string', 'null'] }
// As in GraphQL: a number that a double can not hold is a string.
const exact = { type: 'string', pattern: '^-?[0-9]+([.][0-9]+)?$' }
const maybe = ({ type, ...rest }: { type: string }) => ({ type: [type, 'null'], ...rest })

const counts = { tokens_in: count, tokens_out: count, requests: count }
const use = {
  idempotency_key: { ...text, minLength: 1, maxLength: 200 },
  service: text,
  model: text,
  cost: { ...amount, description: 'Up to 12 places; computed from the price list when it is left out.' },
  currency: { type: ['string', 'null'], description: "ISO 4217; the organization's unless told." },
  ...counts,
  team_id: maybe(uuid),
  user_id: maybe(uuid)
}
const needed = ['idempotency_key', 'service', 'model']
export const event = {
  type: 'object',
  required: needed,
  properties: {
    ...use,
    occurred_at: { ...maybe(time), description: 'Now unless told.' },
    errors: { ...count, description: 'How many of the requests failed; 0 unless told.' }
  },
  additionalProperties: false
}
export const events = { type: 'array', items: event, minItems: 1, maxItems: 10_000 }
export const cloudEvent = {
  type: 'object',
  required: ['specversion', 'id', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { ...text, description: 'The idempotency key: unique in the organization, whatever the source.' },
    time,
    data: { type: 'object', description: 'The event without idempotency_key and occurred_at.' }
  }
}
export const estimate = {
  type: 'object',
  required: needed,
  properties: { ...use, hold_seconds: { type: ['integer', 'null'], description: '1 to 86,400; 600 unless told.' } },
  additionalProperties: false
}
export const settlement = {
  type: 'object',
  required: ['hold_id'],
  properties: { hold_id: uuid, cost: amount, currency: maybe(text), ...counts },
  additionalProperties: false
}

/** An answer's row: every column is there. */
const row = (properties: object) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false
})
const place = {
  id: uuid,
  organization_id: uuid,
  team_id: maybe(uuid),
  user_id: maybe(uuid),
  api_key_id: maybe(uuid),
  service: text,
  model: text,
  requests: exact,
  tokens_in: exact,
  tokens_out: exact,
  created_at: time
}
export const record = row({
  ...place,
  kind: { enum: ['usage', 'correction', 'repricing'] },
  corrects_id: maybe(uuid),
  cost: { ...maybe(exact), description: 'In the currency beside it; null while no price is known.' },
  currency: maybe(text),
  pricing: { enum: ['given', 'computed', 'unpriced'] },
  exchange_rate: maybe(exact),
  charged: { ...maybe(exact), description: "The cost in the organization's currency." },
  charged_currency: text,
  hold_id: maybe(uuid),
  overrun: { ...maybe(exact), description: 'What is above the hold.' },
  occurred_at: time,
  errors: exact
})
export const hold = row({
  ...place,
  cost: exact,
  currency: text,
  status: { enum: ['open', 'settled', 'released'] },
  expires_at: time,
  closed_at: maybe(time),
  usage_record_id: maybe(uuid),
  exchange_rate: { ...maybe(exact), description: "To the organization's currency; its settlement has the same." },
  charged_currency: maybe(text)
})
export const answer = row({
  place: { type: 'integer', description: 'Its place in the batch, from 1.' },
  idempotency_key: maybe(text),
  status: { enum: ['recorded', 'repeated', 'refused'] },
  usage_record_id: maybe(uuid),
  code: { ...maybe(text), description: 'Why it was refused; db/ERRORS.md lists all.' },
  detail: { type: ['object', 'null'], description: 'What the refusal is about.' }
})
