import { allowed, amounts, long, managers, outsiders, unknownId, type Bad, type Verb } from '../../helpers/verbs.ts'

/** The backend key. The member created it. The lead sees it and did not; the viewer does not even see it. */
const changers: Verb['who'] = {
  ...outsiders,
  owner: allowed,
  admin: allowed,
  member: allowed,
  viewer: 'NOT_FOUND',
  lead: 'FORBIDDEN',
  otherTeam: 'NOT_FOUND',
  auditor: 'FORBIDDEN',
  // Lacks key:revoke_all, and only that of what counts here.
  denied: allowed,
  stranger: 'NOT_FOUND'
}
const one = (refused: Bad = []): Pick<Verb, 'bad' | 'foreign'> => ({
  bad: { key_id: [[null, 'NOT_FOUND'], [unknownId, 'NOT_FOUND'], ...refused] },
  foreign: ({ keys }) => ({ key_id: keys.other.id })
})
const scopes: Bad = [
  [['team:create'], 'INVALID_INPUT'],
  [['usage:record', null], 'INVALID_INPUT']
]
const limits = {
  monthly_quota: [[-1, 'org_api_keys_monthly_quota_range']],
  monthly_budget: amounts('org_api_keys_monthly_budget_range'),
  allowed_ips: [
    [[], 'org_api_keys_allowed_ips_form'],
    [[null], 'org_api_keys_allowed_ips_form']
  ],
  allowed_models: [
    [[], 'org_api_keys_allowed_models_form'],
    [[null], 'org_api_keys_allowed_models_form'],
    [['gpt\n5'], 'org_api_keys_allowed_models_form']
  ]
} satisfies Record<string, Bad>

export const verbs: Record<string, Verb> = {
  create_api_key: {
    arguments: ({ teams }) => ({
      name: 'New',
      team_id: teams.backend,
      rate_limit: 10,
      monthly_quota: 1000,
      expires_at: '2999-01-01T00:00:00Z',
      bound_to_creator: true,
      mode: 'test',
      scopes: ['usage:record'],
      monthly_budget: '5',
      allowed_ips: ['203.0.113.0/24', '2001:db8::/32'],
      allowed_models: ['gpt-5']
    }),
    // Backend is the member's own team, and below the one that the lead leads.
    who: { ...managers('NOT_FOUND'), member: allowed, lead: allowed, otherTeam: 'FORBIDDEN' },
    bad: {
      name: [
        [null, 'null in name'],
        ['', 'org_api_keys_name_length'],
        ['  ', 'org_api_keys_name_length'],
        [long(201), 'org_api_keys_name_length']
      ],
      team_id: [[unknownId, 'NOT_FOUND']],
      rate_limit: [
        [null, 'null in rate_limit'],
        [0, 'org_api_keys_rate_limit_range'],
        [1000001, 'org_api_keys_rate_limit_range']
      ],
      expires_at: [
        ['2020-01-01T00:00:00Z', 'org_api_keys_expiry_later'],
        ['-infinity', 'org_api_keys_expiry_later']
      ],
      bound_to_creator: [[null, 'null in bound_to_creator']],
      mode: [
        [null, 'null in mode'],
        ['prod', 'org_api_keys_mode_known']
      ],
      scopes,
      ...limits
    },
    foreign: ({ teams }) => ({ team_id: teams.foreign })
  },
  update_api_key: {
    arguments: ({ keys }) => ({
      key_id: keys.backend.id,
      name: 'Renamed',
      rate_limit: 10,
      monthly_quota: 1000,
      monthly_budget: '5',
      scopes: ['usage:record'],
      allowed_ips: ['203.0.113.0/24'],
      allowed_models: ['gpt-5'],
      expires_at: '2999-01-01T00:00:00Z',
      bound_to_creator: true,
      clear: []
    }),
    who: changers,
    ...one(),
    bad: {
      ...one().bad,
      name: [
        ['', 'org_api_keys_name_length'],
        [long(201), 'org_api_keys_name_length']
      ],
      rate_limit: [[0, 'org_api_keys_rate_limit_range']],
      ...limits,
      scopes,
      expires_at: [
        ['2020-01-01T00:00:00Z', 'INVALID_INPUT'],
        ['infinity', 'org_api_keys_expiry_later']
      ],
      bound_to_creator: [],
      clear: [
        [null, 'INVALID_INPUT'],
        [['name'], 'INVALID_INPUT'],
        [[null], 'INVALID_INPUT']
      ]
    }
  },
  pause_api_key: { arguments: ({ keys }) => ({ key_id: keys.backend.id }), who: changers, ...one() },
  resume_api_key: { arguments: ({ keys }) => ({ key_id: keys.backend.id }), who: changers, ...one() },
  rotate_api_key: {
    arguments: ({ keys }) => ({ key_id: keys.backend.id, overlap_seconds: 60 }),
    // It holds usage:record_all, which its creator does not, and usage:read, which was denied to the other one.
    who: { ...changers, member: 'RIGHTS_EXCEEDED', denied: 'RIGHTS_EXCEEDED' },
    ...one(),
    bad: {
      ...one().bad,
      overlap_seconds: [
        [null, 'INVALID_INPUT'],
        [-1, 'INVALID_INPUT'],
        [2_592_001, 'INVALID_INPUT']
      ]
    }
  },
  revoke_api_key: {
    arguments: ({ keys }) => ({ key_id: keys.backend.id }),
    // Sees it, and is denied to revoke it.
    who: { ...changers, denied: 'FORBIDDEN' },
    ...one()
  },
  org_api_keys_usage: {
    arguments: () => ({}),
    from: 'app_public.org_api_keys as api_key',
    who: {
      owner: '3 rows',
      admin: '3 rows',
      denied: '3 rows',
      member: allowed,
      lead: allowed,
      viewer: '0 rows',
      otherTeam: '0 rows',
      auditor: '0 rows',
      stranger: allowed,
      nobody: '0 rows',
      key: allowed,
      revokedKey: 'API_KEY_INVALID',
      anonymous: 'no grant'
    },
    bad: {}
  },
  unused_api_keys: {
    arguments: () => ({ days: 90 }),
    who: {
      ...outsiders,
      owner: allowed,
      admin: allowed,
      denied: allowed,
      // Those that they see are used, or new.
      member: '0 rows',
      viewer: '0 rows',
      lead: '0 rows',
      otherTeam: '0 rows',
      auditor: 'FORBIDDEN',
      stranger: '0 rows'
    },
    bad: {
      days: [
        [null, 'INVALID_INPUT'],
        [0, 'INVALID_INPUT'],
        [3651, 'INVALID_INPUT']
      ]
    }
  }
}
