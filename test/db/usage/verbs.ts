import { allowed, amounts, currencies, long, managers, outsiders, unknownId, type Verb } from '../../helpers/verbs.ts'

const key: [unknown, string][] = [
  [null, 'INVALID_INPUT'],
  ['', 'INVALID_INPUT'],
  [long(201), 'INVALID_INPUT']
]
const text = (column: string, constraint: string): [unknown, string][] => [
  [null, `null in ${column}`],
  ['', constraint],
  [long(201), constraint]
]
const count = (column: string, constraint: string): [unknown, string][] => [
  [null, `null in ${column}`],
  [-1, constraint]
]
/** Who may record on Backend, which is below the team that the lead leads. */
const who: Verb['who'] = {
  ...outsiders,
  owner: allowed,
  admin: allowed,
  member: allowed,
  viewer: 'FORBIDDEN',
  lead: allowed,
  otherTeam: 'FORBIDDEN',
  auditor: 'FORBIDDEN',
  denied: allowed,
  stranger: 'NOT_FOUND',
  key: allowed
}
const place = { team_id: [[unknownId, 'NOT_FOUND']], user_id: [[unknownId, 'NOT_FOUND']] } satisfies Verb['bad']
/** One's own hold, and everybody's with usage:record_all. */
const ofMember: Verb['who'] = { ...who, lead: 'NOT_FOUND', otherTeam: 'NOT_FOUND' }
const words = (value: unknown): [unknown, string][] => [[value, 'INVALID_INPUT']]

export const verbs: Record<string, Verb> = {
  usage_records_paid_by: {
    arguments: () => ({}),
    from: 'app_public.usage_records as usage',
    who: {
      ...outsiders,
      owner: '4 rows',
      admin: '4 rows',
      auditor: '4 rows',
      member: '2 rows',
      viewer: allowed,
      otherTeam: allowed,
      lead: allowed,
      denied: '0 rows',
      stranger: allowed,
      key: allowed,
      nobody: '0 rows'
    },
    bad: {}
  },
  record_usage: {
    arguments: ({ teams }) => ({
      idempotency_key: 'request-1',
      service: 'openai',
      model: 'gpt-5',
      cost: '0.5',
      currency: 'USD',
      tokens_in: 10,
      tokens_out: 20,
      requests: 1,
      team_id: teams.backend,
      user_id: null,
      occurred_at: null,
      errors: 1
    }),
    who,
    bad: {
      idempotency_key: key,
      service: text('service', 'usage_records_service_length'),
      model: text('model', 'usage_records_model_length'),
      cost: [...amounts('usage_records_cost_range'), ['96.000000000001', 'BUDGET_EXCEEDED']],
      currency: currencies('usage_records_currency_form'),
      tokens_in: count('tokens_in', 'usage_records_tokens_in_range'),
      tokens_out: count('tokens_out', 'usage_records_tokens_out_range'),
      requests: count('requests', 'usage_records_requests_range'),
      ...place,
      occurred_at: [
        ['2000-01-01T00:00:00Z', 'USAGE_TOO_OLD'],
        ['-infinity', 'USAGE_TOO_OLD'],
        ['infinity', 'INVALID_INPUT']
      ],
      errors: [
        [-1, 'usage_records_errors_range'],
        [2, 'usage_records_errors_range'],
        [null, 'null in errors']
      ]
    },
    foreign: ({ teams, people }) => ({ team_id: teams.foreign, user_id: people.stranger })
  },
  record_usage_batch: {
    arguments: () => ({
      events: JSON.stringify([{ idempotency_key: 'event-1', service: 'openai', model: 'gpt-5', cost: 0.5 }])
    }),
    who: { ...who, otherTeam: allowed, stranger: allowed },
    bad: {
      events: [
        [null, 'INVALID_INPUT'],
        ['{}', 'INVALID_INPUT'],
        ['[]', 'INVALID_INPUT'],
        [JSON.stringify(Array(10_001).fill({})), 'INVALID_INPUT']
      ]
    }
  },
  authorize_usage: {
    arguments: ({ teams }) => ({
      idempotency_key: 'hold-1',
      service: 'openai',
      model: 'gpt-5',
      cost: '0.5',
      currency: 'USD',
      tokens_in: 10,
      tokens_out: 20,
      requests: 1,
      team_id: teams.backend,
      user_id: null,
      hold_seconds: 60
    }),
    who,
    bad: {
      idempotency_key: key,
      service: text('service', 'usage_holds_service_length'),
      model: text('model', 'usage_holds_model_length'),
      cost: [[null, 'PRICE_UNKNOWN'], ...amounts('usage_holds_cost_range'), ['96.000000000001', 'BUDGET_EXCEEDED']],
      currency: [['CHF', 'CURRENCY_MISMATCH'], ...currencies('CURRENCY_MISMATCH')],
      tokens_in: count('tokens_in', 'usage_holds_tokens_in_range'),
      tokens_out: count('tokens_out', 'usage_holds_tokens_out_range'),
      requests: count('requests', 'usage_holds_requests_range'),
      ...place,
      hold_seconds: [
        [null, 'INVALID_INPUT'],
        [0, 'INVALID_INPUT'],
        [86_401, 'INVALID_INPUT']
      ]
    },
    foreign: ({ teams, people }) => ({ team_id: teams.foreign, user_id: people.stranger })
  },
  explain_charge: {
    arguments: ({ teams }) => ({
      service: 'openai',
      model: 'gpt-5',
      cost: '0.5',
      currency: 'USD',
      tokens_in: 10,
      tokens_out: 20,
      requests: 1,
      team_id: teams.backend,
      user_id: null
    }),
    who,
    bad: {
      service: [null, '', long(201)].flatMap(words),
      model: [null, '', long(201)].flatMap(words),
      cost: [[null, 'PRICE_UNKNOWN'], ...amounts('INVALID_INPUT')],
      currency: [['CHF', 'CURRENCY_MISMATCH'], ...currencies('INVALID_INPUT')],
      tokens_in: [null, -1].flatMap(words),
      tokens_out: [null, -1].flatMap(words),
      requests: [null, -1].flatMap(words),
      ...place
    },
    foreign: ({ teams, people }) => ({ team_id: teams.foreign, user_id: people.stranger })
  },
  settle_usage: {
    arguments: ({ holds }) => ({
      hold_id: holds.member,
      cost: '0.5',
      currency: 'USD',
      tokens_in: 1,
      tokens_out: 2,
      requests: 1
    }),
    who: ofMember,
    bad: {
      hold_id: [
        [unknownId, 'NOT_FOUND'],
        [null, 'NOT_FOUND']
      ],
      cost: amounts('usage_records_cost_range'),
      currency: currencies('usage_records_currency_form'),
      tokens_in: [[-1, 'usage_records_tokens_in_range']],
      tokens_out: [[-1, 'usage_records_tokens_out_range']],
      requests: [[-1, 'usage_records_requests_range']]
    },
    foreign: ({ holds }) => ({ hold_id: holds.other })
  },
  release_usage: {
    arguments: ({ holds }) => ({ hold_id: holds.member }),
    who: ofMember,
    bad: { hold_id: [[unknownId, 'NOT_FOUND']] },
    foreign: ({ holds }) => ({ hold_id: holds.other })
  },
  correct_usage: {
    arguments: ({ records }) => ({
      usage_record_id: records.member,
      idempotency_key: 'correction-1',
      cost: '0.5',
      tokens_in: 1,
      tokens_out: 1,
      requests: 1
    }),
    who: { ...managers('NOT_FOUND'), key: allowed },
    bad: {
      usage_record_id: [[unknownId, 'NOT_FOUND']],
      idempotency_key: key,
      cost: amounts('INVALID_INPUT'),
      tokens_in: [[-1, 'INVALID_INPUT']],
      tokens_out: [[-1, 'INVALID_INPUT']],
      requests: [[-1, 'INVALID_INPUT']]
    },
    foreign: ({ records }) => ({ usage_record_id: records.other })
  },
  reprice_usage: {
    arguments: () => ({ service: 'openai', model: 'unknown' }),
    who: managers(allowed),
    bad: { service: words(null), model: words(null) }
  },
  update_metering: {
    arguments: () => ({
      time_zone: 'Europe/Berlin',
      currency: 'EUR',
      retention_months: 12,
      strict_pricing: true,
      credit_order: 'organization_first'
    }),
    who: managers(allowed),
    bad: {
      time_zone: ['', 'CET', 'europe/berlin', 'Europe/Nowhere', 'Europe/Berlin\n'].flatMap(words),
      currency: currencies('organizations_currency_form'),
      retention_months: [
        [0, 'organizations_retention_months_range'],
        [121, 'organizations_retention_months_range']
      ],
      strict_pricing: [],
      credit_order: [['both', 'organizations_credit_order_known']]
    }
  }
}
