import { allowed, managers, unknownId, type Bad, type Verb } from '../../helpers/verbs.ts'

const id: Bad = [
  [null, 'NOT_FOUND'],
  [unknownId, 'NOT_FOUND']
]
const roles: Bad = [
  ['', 'INVALID_INPUT'],
  ['root', 'INVALID_INPUT'],
  ['OWNER', 'INVALID_INPUT'],
  ['api_key', 'INVALID_INPUT']
]
const maybe: Bad = [['perhaps', '22P02 invalid input syntax for type boolean: "perhaps"']]

/** Of the admins one lacks what a member holds, and gives it to nobody. */
const givers = (stranger: string): Verb['who'] => ({ ...managers(stranger), denied: 'RIGHTS_EXCEEDED' })

export const verbs: Record<string, Verb> = {
  invite_member: {
    arguments: () => ({ email: 'new@example.com', role: null, custom_role_id: null, needs_approval: false }),
    who: givers(allowed),
    bad: {
      email: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['ada', 'INVALID_INPUT'],
        ['ada@localhost', 'INVALID_INPUT'],
        ['a b@example.com', 'INVALID_INPUT'],
        ['ada@example.com\nBcc: x@example.com', 'INVALID_INPUT'],
        ['MEMBER@example.com', 'ALREADY_EXISTS'],
        [' Invited@Example.com ', 'ALREADY_EXISTS']
      ],
      role: [...roles, ['custom', 'INVALID_INPUT']],
      custom_role_id: [[unknownId, 'NOT_FOUND']],
      needs_approval: maybe
    },
    foreign: world => ({ custom_role_id: world.roles.other })
  },
  invite_members: {
    arguments: () => ({ emails: ['new@example.com'], role: null, custom_role_id: null, needs_approval: false }),
    who: managers(allowed),
    bad: {
      emails: [
        [null, 'INVALID_INPUT'],
        [[], 'INVALID_INPUT'],
        [[null], 'INVALID_INPUT'],
        [['a@example.com', ' A@example.com'], 'INVALID_INPUT'],
        [Array.from({ length: 501 }, (_, n) => `n${n}@example.com`), 'INVALID_INPUT']
      ],
      role: [...roles, ['custom', 'INVALID_INPUT']],
      custom_role_id: [[unknownId, 'NOT_FOUND']],
      needs_approval: maybe
    },
    foreign: world => ({ custom_role_id: world.roles.other })
  },
  resend_invitation: {
    arguments: world => ({ invitation_id: world.invited.acme.invitation }),
    who: givers('NOT_FOUND'),
    bad: { invitation_id: id },
    foreign: world => ({ invitation_id: world.invited.other.invitation })
  },
  revoke_invitation: {
    arguments: world => ({ invitation_id: world.invited.acme.invitation }),
    who: managers('NOT_FOUND'),
    bad: { invitation_id: id },
    foreign: world => ({ invitation_id: world.invited.other.invitation })
  },
  create_join_link: {
    arguments: () => ({
      role: 'member',
      max_uses: 5,
      expires_at: null,
      allowed_domains: ['example.com'],
      needs_approval: true
    }),
    who: givers(allowed),
    bad: {
      role: [[null, 'INVALID_INPUT'], ...roles, ['admin', 'INVALID_INPUT'], ['owner', 'INVALID_INPUT']],
      max_uses: [
        [null, 'null in max_uses'],
        [0, 'join_links_max_uses_range'],
        [-1, 'join_links_max_uses_range'],
        [10_001, 'join_links_max_uses_range']
      ],
      expires_at: [
        ['2020-01-01T00:00Z', 'join_links_expiry_later'],
        ['infinity', 'join_links_expiry_later'],
        ['-infinity', 'join_links_expiry_later'],
        [new Date(Date.now() + 367 * 86_400_000).toISOString(), 'join_links_expiry_later']
      ],
      allowed_domains: [
        [[null], 'join_links_allowed_domains_form'],
        [[''], 'join_links_allowed_domains_form'],
        [['*'], 'join_links_allowed_domains_form'],
        [['@example.com'], 'join_links_allowed_domains_form'],
        [['localhost'], 'join_links_allowed_domains_form'],
        [['example.com '.repeat(2)], 'join_links_allowed_domains_form'],
        [Array.from({ length: 21 }, (_, n) => `d${n}.example`), 'join_links_allowed_domains_form']
      ],
      needs_approval: maybe
    }
  },
  revoke_join_link: {
    arguments: world => ({ join_link_id: world.invited.acme.joinLink }),
    who: managers('NOT_FOUND'),
    bad: { join_link_id: id },
    foreign: world => ({ join_link_id: world.invited.other.joinLink })
  },
  approve_join_request: {
    arguments: world => ({ join_request_id: world.invited.acme.joinRequest }),
    who: givers('NOT_FOUND'),
    bad: { join_request_id: id },
    foreign: world => ({ join_request_id: world.invited.other.joinRequest })
  },
  reject_join_request: {
    arguments: world => ({ join_request_id: world.invited.acme.joinRequest }),
    who: managers('NOT_FOUND'),
    bad: { join_request_id: id },
    foreign: world => ({ join_request_id: world.invited.other.joinRequest })
  }
}
