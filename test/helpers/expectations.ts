import type { PersonaName } from './stage.ts'
import { auditorHolds, deniedLacks, type World } from './world.ts'

export type Tenant = 'acme' | 'other'
type Counts = Partial<Record<PersonaName, number>>

/** Who may do what with a table in plain SQL. Who is not named may not. */
export interface Expectation {
  /** The columns that tell a row; what they hold is shown under its name in the world. */
  identity: string[]
  /** The rows that each persona sees, or that there is no grant at all. Who is not named sees none. */
  sees: Partial<Record<PersonaName, string[] | 'no grant'>>
  /** The columns that a person may give a new row, and who may put one where. Absent: no grant for anybody. */
  insert?: { columns(world: World & { colleague: string }, tenant: Tenant): Record<string, unknown> } & Record<
    Tenant,
    PersonaName[]
  >
  /** The columns that a signed-in person may change, and how many rows each reaches. Absent: no grant for anybody. */
  update?: { columns: string[]; set?: string } & Record<Tenant, Counts>
  /** How many rows of those that match each persona can delete. Absent: no grant for anybody. */
  delete?: { where?: string } & Record<Tenant, Counts>
}

const acmePeople = ['owner', 'admin', 'member', 'viewer', 'lead', 'otherTeam', 'auditor', 'denied'] as const
const acmeMembers = [...acmePeople, 'founder'].sort()
const all = <T>(personas: readonly PersonaName[], what: T) =>
  Object.fromEntries(personas.map(name => [name, what])) as Partial<Record<PersonaName, T>>
const managers = ['owner', 'admin'] as const
/** The second admin lacks four permissions; here it is none of them that counts. */
const admins = [...managers, 'denied'] as const
const moneySees: Expectation['sees'] = {
  ...all([...managers, 'auditor'], ['acme']),
  stranger: ['other'],
  anonymous: 'no grant'
}

const healthSees: Expectation['sees'] = {
  ...all(admins, ['acme']),
  stranger: ['other'],
  key: 'no grant',
  anonymous: 'no grant'
}

export const expectations: Record<string, Expectation> = {
  permissions: catalog(['name']),
  roles: catalog(['name'], ['admin', 'member', 'owner', 'viewer']),
  role_permissions: catalog(['role', 'permission']),
  team_role_permissions: catalog(['role', 'permission'], ['lead/budget:update', 'lead/team_member:update']),
  users: {
    identity: ['id'],
    sees: {
      ...all(acmePeople, acmeMembers),
      stranger: ['colleague', 'stranger'],
      nobody: ['nobody'],
      anonymous: 'no grant'
    }
  },
  organizations: {
    identity: ['id'],
    sees: { ...all([...acmePeople, 'key'], ['acme']), stranger: ['other'], anonymous: 'no grant' },
    update: {
      columns: ['name', 'slug', 'description', 'logo_url', 'settings', 'locale'],
      acme: all(admins, 1),
      other: { stranger: 1 }
    }
  },
  members: {
    identity: ['organization_id', 'user_id'],
    sees: {
      ...all(
        acmePeople,
        acmeMembers.map(name => `acme/${name}`)
      ),
      stranger: ['other/colleague', 'other/stranger'],
      anonymous: 'no grant'
    }
  },
  member_permissions: {
    identity: ['user_id', 'permission'],
    sees: {
      ...all(
        admins,
        deniedLacks.map(permission => `denied/${permission}`)
      ),
      stranger: ['stranger/usage:read'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  custom_roles: {
    identity: ['id'],
    sees: {
      ...all(acmePeople, ['auditor role']),
      stranger: ['other role'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  custom_role_permissions: {
    identity: ['role_id', 'permission'],
    sees: {
      ...all(
        acmePeople,
        auditorHolds.map(permission => `auditor role/${permission}`)
      ),
      stranger: auditorHolds.map(permission => `other role/${permission}`),
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  team_role_exceptions: {
    identity: ['organization_id', 'role'],
    sees: {
      ...all(acmePeople, ['acme/member']),
      stranger: ['other/member'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  ownership_transfers: {
    identity: ['id'],
    sees: {
      ...all(managers, ['acme transfer']),
      stranger: ['other transfer'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  invitations: invited('invitation'),
  join_links: invited('join link'),
  join_requests: invited('join request'),
  teams: {
    identity: ['id'],
    sees: {
      ...all([...acmePeople, 'key'], ['backend team', 'engineering team', 'sales team']),
      stranger: ['foreign team'],
      anonymous: 'no grant'
    },
    insert: {
      columns: (world, tenant) => ({
        organization_id: world[tenant],
        parent_team_id: tenant === 'acme' ? world.teams.engineering : world.teams.foreign,
        name: 'New',
        description: null
      }),
      acme: ['owner', 'admin'],
      other: ['stranger']
    },
    update: { columns: ['name', 'description', 'parent_team_id'], acme: all(admins, 3), other: { stranger: 1 } }
  },
  team_members: {
    identity: ['team_id', 'user_id'],
    sees: {
      ...all(
        [...acmePeople, 'key'],
        ['backend team/member', 'engineering team/lead', 'sales team/otherTeam', 'sales team/viewer']
      ),
      stranger: ['foreign team/stranger'],
      anonymous: 'no grant'
    }
  },
  budgets: { identity: ['organization_id'], sees: moneySees },
  budget_periods: { identity: ['organization_id'], sees: moneySees },
  budget_shards: { identity: ['organization_id'], sees: moneySees },
  budget_alerts: { identity: ['organization_id'], sees: moneySees },
  budget_overruns: { identity: ['organization_id'], sees: moneySees },
  budget_changes: { identity: ['organization_id'], sees: moneySees },
  budget_raises: { identity: ['organization_id'], sees: moneySees },
  unpriced_models: {
    identity: ['organization_id'],
    sees: { ...all([...admins, 'auditor'], ['acme']), stranger: ['other'], key: 'no grant', anonymous: 'no grant' }
  },
  plans: catalog(['name'], ['basic', 'enterprise', 'free', 'pro']),
  storage_use: { identity: ['organization_id'], sees: healthSees },
  health_minutes: { identity: ['organization_id'], sees: healthSees },
  health_incidents: { identity: ['organization_id'], sees: healthSees },
  alert_channels: alerting(['kind'], ['email', 'webhook']),
  alert_rules: alerting(['kind'], ['errors', 'key_expiry', 'quota', 'threshold', 'unpriced']),
  alert_rule_channels: alerting(['organization_id'], Array(5).fill('acme'), Array(5).fill('other')),
  alert_events: alerting(['organization_id'], ['acme'], ['other']),
  alert_deliveries: alerting(['organization_id'], ['acme'], ['other']),
  model_prices: listed(['service', 'model', 'unit'], 'openai/gpt-4o/input_token'),
  model_aliases: listed(['service', 'alias'], 'openai/gpt-4o-2024-08-06'),
  exchange_rates: listed(['from_currency', 'to_currency'], 'EUR/USD'),
  organization_model_prices: {
    identity: ['organization_id'],
    sees: { ...all([...acmePeople, 'key'], ['acme']), stranger: ['other'], anonymous: 'no grant' }
  },
  org_api_keys: {
    identity: ['id'],
    sees: {
      ...all(admins, ['acme key', 'backend key', 'revoked key']),
      ...all(['member', 'lead'], ['backend key']),
      stranger: ['other key'],
      key: ['acme key'],
      anonymous: 'no grant'
    }
  },
  audit_events: {
    identity: ['subject_id', 'action'],
    sees: {
      ...all(
        admins,
        ['acme', 'backend', 'revoked'].map(name => `${name} key/api_key:created`)
      ),
      stranger: ['other key/api_key:created'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  usage_holds: {
    identity: ['id'],
    sees: {
      ...all([...managers, 'auditor'], ['key hold', 'member hold', 'owner hold']),
      member: ['member hold'],
      stranger: ['other hold'],
      key: ['key hold'],
      anonymous: 'no grant'
    }
  },
  statements: {
    identity: ['id'],
    sees: {
      ...all([...managers, 'auditor'], ['acme statement']),
      stranger: ['other statement'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  exports: {
    identity: ['id'],
    sees: { owner: ['acme export'], stranger: ['other export'], key: 'no grant', anonymous: 'no grant' }
  },
  statement_lines: {
    identity: ['statement_id'],
    sees: {
      ...all([...managers, 'auditor'], ['acme statement']),
      stranger: ['other statement'],
      key: 'no grant',
      anonymous: 'no grant'
    }
  },
  usage_rollups: {
    identity: ['whole', 'user_id', 'team_id', 'api_key_id'],
    sees: {
      ...all(
        [...managers, 'auditor'],
        [
          'false/member/null/null',
          'false/null/backend team/backend key',
          'false/null/null/acme key',
          'false/null/sales team/null',
          'true/null/null/null'
        ]
      ),
      member: ['false/member/null/null', 'false/null/backend team/backend key'],
      ...all(['viewer', 'otherTeam'], ['false/null/sales team/null']),
      lead: ['false/null/backend team/backend key'],
      stranger: ['false/stranger/foreign team/other key', 'true/null/null/null'],
      key: ['false/null/null/acme key'],
      anonymous: 'no grant'
    }
  },
  usage_records: {
    identity: ['id'],
    sees: {
      ...all([...managers, 'auditor'], ['backend record', 'key record', 'member record', 'sales record']),
      member: ['backend record', 'member record'],
      ...all(['viewer', 'otherTeam'], ['sales record']),
      lead: ['backend record'],
      stranger: ['other record'],
      key: ['key record'],
      anonymous: 'no grant'
    }
  }
}

/** The permission model is no secret: every caller with a credential reads all of it. */
function catalog(identity: string[], rows = ['everything']): Expectation {
  return {
    identity,
    sees: { ...all([...acmePeople, 'stranger', 'nobody', 'key'], rows), anonymous: 'no grant' }
  }
}

/** For whoever may add people. */
function invited(what: string): Expectation {
  return {
    identity: ['id'],
    sees: { ...all(admins, [`acme ${what}`]), stranger: [`other ${what}`], key: 'no grant', anonymous: 'no grant' }
  }
}

/** For whoever may see alerts. */
function alerting(identity: string[], acme: string[], other = acme): Expectation {
  return { identity, sees: { ...all(admins, acme), stranger: other, key: 'no grant', anonymous: 'no grant' } }
}

/** The platform's own figures: for everybody who is in an organization. */
function listed(identity: string[], row: string): Expectation {
  return { identity, sees: { ...all([...acmePeople, 'stranger', 'key'], [row]), anonymous: 'no grant' } }
}
