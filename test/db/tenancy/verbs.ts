import {
  allowed,
  everyMember,
  everyPerson,
  long,
  managers,
  nobodyElse,
  unknownId,
  type Bad,
  type Verb
} from '../../helpers/verbs.ts'

const name = (table: string, nullable = false): Bad => [
  ...(nullable ? [] : ([[null, 'null in name']] as Bad)),
  ['', `${table}_name_length`],
  ['   ', `${table}_name_length`],
  [long(201), `${table}_name_length`]
]
const slug: Bad = [
  ['', 'organizations_slug_form'],
  ['a', 'organizations_slug_form'],
  ['1st', 'organizations_slug_form'],
  ['two words', 'organizations_slug_form'],
  ['line\n', 'organizations_slug_form'],
  ['a--b', 'organizations_slug_form'],
  ['-ab', 'organizations_slug_form'],
  ['ünï', 'organizations_slug_form'],
  [long(64), 'organizations_slug_form'],
  ['deadbeef-dead-beef-dead-beefdeadbeef', 'organizations_slug_form'],
  ['DEADBEEF-DEAD-BEEF-DEAD-BEEFDEADBEEF', 'organizations_slug_form'],
  ['other', 'organizations_slug_key'],
  [' OTHER ', 'organizations_slug_key']
]
const profile: Record<string, Bad> = {
  description: [[long(2001), 'organizations_description_length']],
  logo_url: [
    ['http://example.com/logo.png', 'organizations_logo_url_form'],
    ['javascript:alert(1)', 'organizations_logo_url_form'],
    ['https://example.com/"onload=', 'organizations_logo_url_form'],
    [`https://${long(2000)}`, 'organizations_logo_url_form']
  ]
}
const unknownRoles: Bad = [
  ['', 'INVALID_INPUT'],
  ['root', 'INVALID_INPUT'],
  ['OWNER', 'INVALID_INPUT'],
  ['api_key', 'INVALID_INPUT']
]
const keyChoices: Bad = [
  [null, 'INVALID_INPUT'],
  ['', 'INVALID_INPUT'],
  ['keep', 'INVALID_INPUT']
]
/** The list of people that a bulk verb takes. What happens to each person is an answer, not an error. */
const people = (): Bad => [
  [null, 'INVALID_INPUT'],
  [[], 'INVALID_INPUT'],
  [[null], 'INVALID_INPUT'],
  [[unknownId, unknownId], 'INVALID_INPUT'],
  [Array.from({ length: 501 }, (_, n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`), 'INVALID_INPUT']
]
const id: Bad = [
  [null, 'NOT_FOUND'],
  [unknownId, 'NOT_FOUND']
]

export const verbs: Record<string, Verb> = {
  create_organization: {
    arguments: () => ({ name: 'New', slug: 'new', description: null, logo_url: null }),
    who: everyPerson,
    bad: { name: name('organizations'), slug: [[null, 'null in slug'], ...slug], ...profile }
  },
  update_organization: {
    arguments: () => ({
      name: 'New',
      slug: 'new',
      description: 'New',
      logo_url: 'https://example.com',
      settings: {},
      locale: 'de'
    }),
    who: managers(allowed),
    bad: {
      name: name('organizations', true),
      slug,
      ...profile,
      settings: [
        ['[]', 'organizations_settings_form'],
        ['null', 'organizations_settings_form'],
        ['"text"', 'organizations_settings_form'],
        [JSON.stringify({ a: long(16384) }), 'organizations_settings_form']
      ],
      locale: [
        ['german', 'organizations_locale_form'],
        ['de_AT', 'organizations_locale_form']
      ]
    }
  },
  delete_organization: {
    arguments: () => ({}),
    who: { ...managers(allowed), admin: 'FORBIDDEN', denied: 'FORBIDDEN' },
    bad: {}
  },
  restore_organization: {
    arguments: world => ({ organization_id: world.acme }),
    who: {
      ...nobodyElse,
      owner: allowed,
      admin: 'FORBIDDEN',
      member: 'FORBIDDEN',
      viewer: 'FORBIDDEN',
      lead: 'FORBIDDEN',
      otherTeam: 'FORBIDDEN',
      auditor: 'FORBIDDEN',
      denied: 'FORBIDDEN',
      stranger: 'NOT_FOUND',
      nobody: 'NOT_FOUND'
    },
    bad: { organization_id: id },
    foreign: world => ({ organization_id: world.other })
  },
  deleted_organizations: {
    arguments: () => ({}),
    who: Object.fromEntries(
      Object.entries({ ...nobodyElse, ...everyPerson }).map(([name, usual]) => [
        name,
        usual === allowed ? '0 rows' : usual
      ])
    ) as Verb['who'],
    bad: {}
  },
  add_member: {
    arguments: () => ({ email: 'nobody@example.com', role: 'viewer', custom_role_id: null }),
    // A viewer holds usage:read.
    who: { ...managers(allowed), denied: 'RIGHTS_EXCEEDED' },
    bad: {
      email: [
        ['member@example.com', 'ALREADY_EXISTS'],
        [' MEMBER@Example.com ', 'ALREADY_EXISTS'],
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['nobody', 'INVALID_INPUT'],
        [`${long(250)}@example.com`, 'INVALID_INPUT']
      ],
      role: [...unknownRoles, ['custom', 'INVALID_INPUT']],
      custom_role_id: [[unknownId, 'INVALID_INPUT']]
    },
    foreign: ({ roles }) => ({ custom_role_id: roles.other }),
    // Beside it a built-in role would be refused as well.
    foreignWith: { role: null }
  },
  change_member_role: {
    arguments: ({ people }) => ({ user_id: people.member, role: 'viewer', custom_role_id: null }),
    who: { ...managers('NOT_FOUND'), denied: 'RIGHTS_EXCEEDED' },
    bad: {
      user_id: id,
      role: [[null, 'INVALID_INPUT'], ...unknownRoles, ['custom', 'INVALID_INPUT']],
      custom_role_id: [[unknownId, 'INVALID_INPUT']]
    },
    foreign: ({ people, roles }) => ({ user_id: people.stranger, custom_role_id: roles.other }),
    foreignWith: { role: null }
  },
  change_member_roles: {
    arguments: ({ people }) => ({
      user_ids: [people.member],
      role: 'viewer',
      custom_role_id: null,
      all_or_nothing: true
    }),
    who: managers(allowed),
    bad: { user_ids: people(), role: [], custom_role_id: [[unknownId, 'NOT_FOUND']], all_or_nothing: [] },
    foreign: ({ roles }) => ({ custom_role_id: roles.other }),
    foreignWith: { role: null }
  },
  move_members: {
    arguments: ({ people, teams }) => ({
      user_ids: [people.member],
      to_team_id: teams.sales,
      from_team_id: teams.backend,
      role: null,
      all_or_nothing: true
    }),
    who: { ...everyMember, stranger: 'NOT_FOUND' },
    bad: {
      user_ids: people(),
      to_team_id: [[unknownId, 'NOT_FOUND']],
      from_team_id: [[unknownId, 'NOT_FOUND']],
      role: [['owner', 'team_members_role_known']],
      all_or_nothing: []
    },
    foreign: ({ teams }) => ({ to_team_id: teams.foreign, from_team_id: teams.foreign })
  },
  remove_members: {
    arguments: ({ people }) => ({ user_ids: [people.member], keys: 'revoke', all_or_nothing: true }),
    who: managers(allowed),
    bad: { user_ids: people(), keys: [], all_or_nothing: [] }
  },
  remove_member: {
    arguments: ({ people }) => ({ user_id: people.otherTeam, keys: 'revoke' }),
    who: { ...managers('NOT_FOUND'), denied: 'RIGHTS_EXCEEDED' },
    bad: { user_id: id, keys: keyChoices },
    foreign: ({ people }) => ({ user_id: people.stranger })
  },
  leave_organization: {
    arguments: () => ({ keys: 'transfer' }),
    who: { ...everyMember, stranger: 'LAST_OWNER' },
    bad: { keys: keyChoices }
  },
  offer_ownership: {
    arguments: ({ people }) => ({ user_id: people.admin, then_role: 'viewer' }),
    who: { ...managers('NOT_FOUND'), admin: 'FORBIDDEN', denied: 'FORBIDDEN' },
    bad: {
      user_id: id,
      then_role: [
        [null, 'null in then_role'],
        ['', 'ownership_transfers_then_role_known'],
        ['custom', 'ownership_transfers_then_role_known']
      ]
    },
    foreign: ({ people }) => ({ user_id: people.stranger })
  },
  accept_ownership: {
    arguments: ({ transfers }) => ({ transfer_id: transfers.acme }),
    // It was made to the admin.
    who: { ...nobodyElse, admin: allowed },
    bad: { transfer_id: id },
    by: 'admin',
    foreign: ({ transfers }) => ({ transfer_id: transfers.other })
  },
  cancel_ownership_offer: {
    arguments: ({ transfers }) => ({ transfer_id: transfers.acme }),
    who: { ...nobodyElse, admin: allowed, owner: allowed },
    bad: { transfer_id: id },
    foreign: ({ transfers }) => ({ transfer_id: transfers.other })
  },
  create_team: {
    arguments: ({ teams }) => ({ name: 'New', parent_team_id: teams.engineering, description: null }),
    who: { ...managers('NOT_FOUND'), denied: 'FORBIDDEN' },
    bad: {
      name: [...name('teams'), ['Backend', 'teams_name_key'], [' Backend ', 'teams_name_key']],
      parent_team_id: [[unknownId, 'NOT_FOUND']],
      description: [[long(2001), 'teams_description_length']]
    },
    foreign: ({ teams }) => ({ parent_team_id: teams.foreign })
  },
  update_team: {
    arguments: ({ teams }) => ({ team_id: teams.engineering, name: 'New', description: 'New' }),
    who: managers('NOT_FOUND'),
    bad: {
      team_id: id,
      name: [...name('teams', true), ['Sales', 'teams_name_key']],
      description: [[long(2001), 'teams_description_length']]
    },
    foreign: ({ teams }) => ({ team_id: teams.foreign })
  },
  move_team: {
    arguments: ({ teams }) => ({ team_id: teams.backend, parent_team_id: teams.sales }),
    who: managers('NOT_FOUND'),
    bad: { team_id: id, parent_team_id: [[unknownId, 'NOT_FOUND']] },
    foreign: ({ teams }) => ({ team_id: teams.foreign, parent_team_id: teams.foreign })
  },
  delete_team: {
    arguments: ({ teams }) => ({ team_id: teams.backend, children: 'refuse' }),
    who: managers('NOT_FOUND'),
    bad: {
      team_id: id,
      children: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['delete', 'INVALID_INPUT']
      ]
    },
    foreign: ({ teams }) => ({ team_id: teams.foreign })
  },
  add_team_member: {
    arguments: ({ teams, people }) => ({ team_id: teams.backend, user_id: people.viewer, role: 'lead' }),
    who: { ...managers('NOT_FOUND'), lead: allowed },
    bad: {
      team_id: id,
      user_id: id,
      role: [
        [null, 'null in role'],
        ['', 'team_members_role_known'],
        ['owner', 'team_members_role_known']
      ]
    },
    foreign: ({ teams, people }) => ({ team_id: teams.foreign, user_id: people.stranger })
  },
  remove_team_member: {
    arguments: ({ teams, people }) => ({ team_id: teams.backend, user_id: people.member }),
    who: { ...managers('NOT_FOUND'), lead: allowed },
    bad: { team_id: id, user_id: id },
    foreign: ({ teams, people }) => ({ team_id: teams.foreign, user_id: people.stranger })
  }
}
