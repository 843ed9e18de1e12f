import { allowed, everyMember, long, unknownId, type Verb } from '../../helpers/verbs.ts'

// Of a day without usage there is one row, of nothing.
const day = { since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' }
const moments: [unknown, string][] = [
  ['infinity', 'INVALID_INPUT'],
  ['-infinity', 'INVALID_INPUT']
]
const label: [unknown, string][] = [
  ['', 'INVALID_INPUT'],
  [long(201), 'INVALID_INPUT']
]
const unknown: [unknown, string][] = [[unknownId, 'NOT_FOUND']]
const nobody = { service: null, model: null, team_id: null, user_id: null, api_key_id: null }
const everywhere = { service: label, model: label, team_id: unknown, user_id: unknown, api_key_id: unknown }
const foreign: Verb['foreign'] = ({ teams, people, keys }) => ({
  team_id: teams.foreign,
  user_id: people.stranger,
  api_key_id: keys.other.id
})
const readers = { ...everyMember, key: allowed, denied: 'FORBIDDEN' }

const notTheirs = 'NOT_FOUND'

export const verbs: Record<string, Verb> = {
  request_export: {
    arguments: () => ({ kind: 'usage', format: 'csv', ...day, number: null }),
    who: { ...everyMember, denied: 'FORBIDDEN' },
    bad: {
      kind: [
        ['members', 'exports_kind_known'],
        ['statement', 'exports_question'],
        [null, 'null in kind']
      ],
      format: [
        ['pdf', 'exports_format_known'],
        [null, 'null in format']
      ],
      since: [
        ...['infinity', '-infinity', null, day.until].map((since): [unknown, string] => [since, 'exports_question'])
      ],
      until: [...['infinity', '-infinity', day.since].map((until): [unknown, string] => [until, 'exports_question'])],
      number: [
        [1, 'exports_question'],
        [0, 'exports_question']
      ]
    }
  },
  revoke_export: {
    arguments: ({ exports }) => ({ export_id: exports.acme }),
    // Their own only.
    who: {
      ...Object.fromEntries(
        ['admin', 'member', 'viewer', 'lead', 'otherTeam', 'auditor', 'stranger'].map(name => [name, notTheirs])
      ),
      owner: allowed,
      denied: 'FORBIDDEN',
      nobody: 'NO_ORGANIZATION',
      key: 'no grant',
      revokedKey: 'API_KEY_INVALID',
      anonymous: 'no grant'
    } as Verb['who'],
    bad: {
      export_id: [
        [null, notTheirs],
        [unknownId, notTheirs]
      ]
    },
    foreign: ({ exports }) => ({ export_id: exports.other })
  },
  usage_timeseries: {
    arguments: () => ({ ...day, bucket: 'day', group_by: 'model', ...nobody }),
    who: readers,
    bad: {
      since: [...moments, [null, 'INVALID_INPUT'], ['2026-01-03T00:00:00Z', 'INVALID_INPUT']],
      until: [...moments, ['2025-01-01T00:00:00Z', 'INVALID_INPUT'], ['2126-01-01T00:00:00Z', 'INVALID_INPUT']],
      bucket: [
        ['', 'INVALID_INPUT'],
        ['year', 'INVALID_INPUT'],
        [null, 'INVALID_INPUT']
      ],
      group_by: [['colour', 'INVALID_INPUT']],
      ...everywhere
    },
    foreign
  },
  usage_by_member: {
    arguments: () => ({
      since: '2026-01-01T00:00:00Z',
      until: '2026-01-02T00:00:00Z',
      service: null,
      model: null,
      team_id: null
    }),
    // Of that day there is no usage: nobody but who may see all of it gets a row, and that one gets all members.
    who: {
      ...readers,
      ...Object.fromEntries(['owner', 'admin', 'auditor', 'denied'].map(name => [name, '9 rows'])),
      ...Object.fromEntries(['member', 'viewer', 'lead', 'otherTeam', 'key'].map(name => [name, '0 rows'])),
      denied: 'FORBIDDEN'
    } as Verb['who'],
    bad: {
      since: [...moments, [null, 'INVALID_INPUT'], ['2126-01-01T00:00:00Z', 'INVALID_INPUT']],
      until: [...moments, ['2025-01-01T00:00:00Z', 'INVALID_INPUT']],
      service: label,
      model: label,
      team_id: unknown
    },
    foreign: ({ teams }) => ({ team_id: teams.foreign })
  },
  cost_trend: {
    arguments: () => ({ ...day, bucket: 'day', ...nobody }),
    who: readers,
    bad: {
      since: [...moments, [null, 'INVALID_INPUT'], ['2026-01-03T00:00:00Z', 'INVALID_INPUT']],
      until: [...moments, ['2025-01-01T00:00:00Z', 'INVALID_INPUT'], ['2126-01-01T00:00:00Z', 'INVALID_INPUT']],
      bucket: [
        ['', 'INVALID_INPUT'],
        ['year', 'INVALID_INPUT'],
        [null, 'INVALID_INPUT']
      ],
      ...everywhere
    },
    foreign
  },
  budget_overview: {
    arguments: () => ({ most: 10 }),
    who: {
      ...readers,
      ...Object.fromEntries(['member', 'viewer', 'lead', 'otherTeam', 'denied', 'key'].map(name => [name, '0 rows']))
    } as Verb['who'],
    bad: {
      most: [
        [0, 'INVALID_INPUT'],
        [1001, 'INVALID_INPUT'],
        [null, 'INVALID_INPUT']
      ]
    }
  },
  usage_breakdown: {
    arguments: () => ({ since: '2026-01-01T00:00:00Z', until: null, group_by: 'service', most: 10, ...nobody }),
    // The outsider of a team sees what there is of it, and nobody a row of nothing.
    who: readers,
    bad: {
      since: [...moments, [null, 'INVALID_INPUT'], ['2126-01-01T00:00:00Z', 'INVALID_INPUT']],
      until: [...moments, ['2025-01-01T00:00:00Z', 'INVALID_INPUT']],
      group_by: [
        ['colour', 'INVALID_INPUT'],
        [null, 'INVALID_INPUT']
      ],
      most: [
        [0, 'INVALID_INPUT'],
        [1001, 'INVALID_INPUT'],
        [null, 'INVALID_INPUT']
      ],
      ...everywhere
    },
    foreign
  }
}
