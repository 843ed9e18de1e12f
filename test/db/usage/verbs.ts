import { allowed, amounts, currencies, long, outsiders, unknownId, type Verb } from '../../helpers/verbs.ts'

export const verbs: Record<string, Verb> = {
  record_usage: {
    arguments: ({ teams }) => ({
      idempotency_key: 'request-1',
      service: 'openai',
      model: 'gpt-5',
      cost: '0.5',
      currency: 'USD',
      tokens_in: 10,
      tokens_out: 20,
      team_id: teams.backend,
      user_id: null
    }),
    who: {
      ...outsiders,
      owner: allowed,
      admin: allowed,
      member: allowed,
      viewer: 'FORBIDDEN',
      // Backend is below the team that they lead.
      lead: allowed,
      otherTeam: 'FORBIDDEN',
      auditor: 'FORBIDDEN',
      denied: allowed,
      stranger: 'NOT_FOUND',
      key: allowed
    },
    bad: {
      idempotency_key: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        [long(201), 'INVALID_INPUT']
      ],
      service: [
        [null, 'null in service'],
        ['', 'usage_records_service_length'],
        [long(201), 'usage_records_service_length']
      ],
      model: [
        [null, 'null in model'],
        ['', 'usage_records_model_length'],
        [long(201), 'usage_records_model_length']
      ],
      cost: [[null, 'null in cost'], ...amounts('usage_records_cost_range'), ['96.000000000001', 'BUDGET_EXCEEDED']],
      currency: [
        [null, 'null in currency'],
        ...currencies('usage_records_currency_form'),
        ['EUR', 'CURRENCY_MISMATCH']
      ],
      tokens_in: [
        [null, 'null in tokens_in'],
        [-1, 'usage_records_tokens_in_range']
      ],
      tokens_out: [
        [null, 'null in tokens_out'],
        [-1, 'usage_records_tokens_out_range']
      ],
      team_id: [[unknownId, 'NOT_FOUND']],
      user_id: [[unknownId, 'NOT_FOUND']]
    },
    foreign: ({ teams, people }) => ({ team_id: teams.foreign, user_id: people.stranger })
  }
}
