import {
  allowed,
  everyMember,
  everyPerson,
  long,
  managers,
  outsiders,
  unknownId,
  type Bad,
  type Verb
} from '../../helpers/verbs.ts'

const roleName: Bad = [
  ['', 'custom_roles_name_length'],
  [long(201), 'custom_roles_name_length'],
  ['AUDITOR', 'custom_roles_name_key']
]
const contents: Bad = [
  [['team:fly'], 'INVALID_INPUT'],
  [['organization:delete'], 'INVALID_INPUT'],
  [['owner:manage'], 'INVALID_INPUT'],
  [['team:read', null], 'INVALID_INPUT']
]
const permission: Bad = [
  [null, 'INVALID_INPUT'],
  ['', 'INVALID_INPUT'],
  ['team:fly', 'INVALID_INPUT'],
  ['owner:manage', 'INVALID_INPUT'],
  ['organization:delete', 'INVALID_INPUT']
]
const effect: Bad = [
  [null, 'INVALID_INPUT'],
  ['', 'INVALID_INPUT'],
  ['allow', 'INVALID_INPUT']
]
const id: Bad = [
  [null, 'NOT_FOUND'],
  [unknownId, 'NOT_FOUND']
]
const roleManagers = { ...managers('NOT_FOUND'), denied: 'RIGHTS_EXCEEDED' }

export const verbs: Record<string, Verb> = {
  my_permissions: {
    arguments: () => ({ organization_id: null }),
    who: { ...everyMember, key: allowed },
    bad: { organization_id: [[unknownId, 'TENANT_FORBIDDEN']] },
    foreign: ({ other }) => ({ organization_id: other }),
    foreignAs: 'TENANT_FORBIDDEN'
  },
  my_teams_permitting: {
    arguments: () => ({ permission: 'budget:update' }),
    who: everyMember,
    bad: { permission: [...permission, ['team:read', 'INVALID_INPUT']] }
  },
  explain_access: {
    arguments: ({ teams }) => ({
      permission: 'usage:read',
      organization_id: null,
      team_id: teams.backend,
      user_id: null
    }),
    who: { ...everyMember, stranger: 'NOT_FOUND' },
    bad: {
      permission: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['team:fly', 'INVALID_INPUT']
      ],
      organization_id: [[unknownId, 'TENANT_FORBIDDEN']],
      team_id: [[unknownId, 'NOT_FOUND']],
      user_id: [[unknownId, 'NOT_FOUND']]
    },
    foreign: ({ other, teams, people }) => ({
      organization_id: other,
      team_id: teams.foreign,
      user_id: people.stranger
    }),
    foreignAs: { organization_id: 'TENANT_FORBIDDEN' }
  },
  create_custom_role: {
    arguments: () => ({ name: 'Support', permissions: ['member:read', 'usage:read_all'], description: null }),
    who: managers(allowed),
    bad: {
      name: [[null, 'null in name'], ...roleName],
      permissions: [[null, 'INVALID_INPUT'], ...contents],
      description: [[long(2001), 'custom_roles_description_length']]
    }
  },
  update_custom_role: {
    arguments: ({ roles }) => ({
      role_id: roles.auditor,
      name: 'Auditors',
      permissions: ['team:read'],
      description: 'x'
    }),
    who: roleManagers,
    bad: {
      role_id: id,
      name: roleName.slice(0, 2),
      permissions: contents,
      description: [[long(2001), 'custom_roles_description_length']]
    },
    foreign: ({ roles }) => ({ role_id: roles.other })
  },
  delete_custom_role: {
    arguments: ({ roles }) => ({ role_id: roles.auditor, replace_with: 'viewer' }),
    who: roleManagers,
    bad: {
      role_id: id,
      replace_with: [
        [null, 'ROLE_IN_USE'],
        ['', 'INVALID_INPUT'],
        ['custom', 'INVALID_INPUT']
      ]
    },
    foreign: ({ roles }) => ({ role_id: roles.other })
  },
  set_member_permission: {
    arguments: ({ people }) => ({ user_id: people.viewer, permission: 'team:update', effect: 'grant' }),
    // The viewer holds usage:read, which the denied admin does not.
    who: roleManagers,
    bad: { user_id: id, permission, effect },
    foreign: ({ people }) => ({ user_id: people.stranger })
  },
  set_team_role_permission: {
    arguments: () => ({ role: 'member', permission: 'team_member:update', effect: 'grant' }),
    who: managers(allowed),
    bad: {
      role: [
        [null, 'INVALID_INPUT'],
        ['owner', 'INVALID_INPUT']
      ],
      permission: [...permission, ['team:create', 'INVALID_INPUT']],
      effect
    }
  },
  search_members: { arguments: () => ({ query: 'lead', most: 10 }), who: found('0 rows'), bad: searches() },
  search_teams: { arguments: () => ({ query: 'back', most: 10 }), who: found('0 rows'), bad: searches() },
  search_organizations: { arguments: () => ({ query: 'acm', most: 10 }), who: found('0 rows'), bad: searches() }
}

function found(elsewhere: string): Verb['who'] {
  return { ...everyPerson, ...outsiders, stranger: elsewhere, nobody: elsewhere }
}

function searches(): Record<string, Bad> {
  return {
    query: [
      [null, 'INVALID_INPUT'],
      ['', 'INVALID_INPUT'],
      [' .-% ', 'INVALID_INPUT'],
      [long(201), 'INVALID_INPUT']
    ],
    most: [
      [null, 'INVALID_INPUT'],
      [0, 'INVALID_INPUT'],
      [201, 'INVALID_INPUT']
    ]
  }
}
