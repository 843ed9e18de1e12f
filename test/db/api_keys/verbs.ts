import { allowed, long, managers, outsiders, unknownId, type Verb } from '../../helpers/verbs.ts'

export const verbs: Record<string, Verb> = {
  create_api_key: {
    arguments: ({ teams }) => ({
      name: 'New',
      team_id: teams.backend,
      rate_limit: 10,
      monthly_quota: 1000,
      expires_at: '2999-01-01T00:00:00Z',
      bound_to_creator: true
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
      monthly_quota: [[-1, 'org_api_keys_monthly_quota_range']],
      expires_at: [
        ['2020-01-01T00:00:00Z', 'org_api_keys_expiry_later'],
        ['-infinity', 'org_api_keys_expiry_later']
      ],
      bound_to_creator: [[null, 'null in bound_to_creator']]
    },
    foreign: ({ teams }) => ({ team_id: teams.foreign })
  },
  revoke_api_key: {
    arguments: ({ keys }) => ({ key_id: keys.backend.id }),
    // The member created it. The lead sees it and did not; the viewer does not even see it.
    who: {
      ...outsiders,
      owner: allowed,
      admin: allowed,
      member: allowed,
      viewer: 'NOT_FOUND',
      lead: 'FORBIDDEN',
      otherTeam: 'NOT_FOUND',
      auditor: 'FORBIDDEN',
      // Sees it, and is denied to revoke it.
      denied: 'FORBIDDEN',
      stranger: 'NOT_FOUND'
    },
    bad: {
      key_id: [
        [null, 'NOT_FOUND'],
        [unknownId, 'NOT_FOUND']
      ]
    },
    foreign: ({ keys }) => ({ key_id: keys.other.id })
  }
}
