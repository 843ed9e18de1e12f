import {
  allowed,
  amounts,
  currencies,
  everyPerson,
  long,
  managers,
  outsiders,
  unknownId,
  type Verb
} from '../../helpers/verbs.ts'

const thresholds: [unknown, string][] = [
  [[0], 'budgets_thresholds_form'],
  [[1001], 'budgets_thresholds_form'],
  [[50, null], 'budgets_thresholds_form'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'budgets_thresholds_form']
]
const name: [unknown, string][] = [
  [long(201), 'budgets_name_length'],
  ['a\nb', 'budgets_name_length']
]
const label = (constraint: string): [unknown, string][] => [
  ['', constraint],
  [long(201), constraint]
]
const expiry: [unknown, string][] = [
  ['2020-01-01T00:00:00Z', 'budget_raises_expiry_later'],
  ['infinity', 'budget_raises_expiry_later']
]
const raise = [
  ...amounts('budget_raises_amount_range'),
  [null, 'null in amount'],
  [0, 'budget_raises_amount_range']
] as [unknown, string][]
const reason: [unknown, string][] = [
  ['', 'budget_raises_reason_length'],
  [long(2001), 'budget_raises_reason_length']
]
/** Who may ask what a budget stands at: whoever may see some budget. */
const readers: Verb['who'] = {
  ...outsiders,
  owner: allowed,
  admin: allowed,
  stranger: 'NOT_FOUND',
  member: 'NOT_FOUND',
  viewer: 'NOT_FOUND',
  lead: 'NOT_FOUND',
  otherTeam: 'NOT_FOUND',
  auditor: allowed,
  denied: 'NOT_FOUND',
  key: 'NOT_FOUND'
}
/** A lead holds budget:update somewhere: for another budget it needs the organization's. */
const budgetManagers: Verb['who'] = { ...managers('NOT_FOUND') }

/** Whoever sees a budget sees what there is to say about it. */
const ofEachBudget: Verb = {
  arguments: () => ({}),
  from: 'app_public.budgets as budget',
  who: {
    ...everyPerson,
    member: '0 rows',
    viewer: '0 rows',
    lead: '0 rows',
    otherTeam: '0 rows',
    denied: '0 rows',
    nobody: '0 rows',
    key: '0 rows',
    revokedKey: 'API_KEY_INVALID',
    anonymous: 'no grant'
  },
  bad: {}
}

export const verbs: Record<string, Verb> = {
  budgets_state: ofEachBudget,
  budgets_forecast: ofEachBudget,
  allocations: {
    arguments: () => ({}),
    who: { ...managers(allowed), auditor: allowed, denied: 'FORBIDDEN' },
    bad: {}
  },
  grant_credit: {
    arguments: ({ people }) => ({ user_id: people.member, amount: '5', currency: 'USD' }),
    who: managers('NOT_FOUND'),
    bad: {
      user_id: [
        [null, 'NOT_FOUND'],
        [unknownId, 'NOT_FOUND']
      ],
      amount: [[null, 'INVALID_INPUT'], [0, 'INVALID_INPUT'], ...(amounts('INVALID_INPUT') as [unknown, string][])],
      currency: currencies('budgets_currency_form')
    },
    foreign: ({ people }) => ({ user_id: people.stranger })
  },
  budget_status: {
    arguments: ({ budgets }) => ({ budget_id: budgets.acme }),
    who: readers,
    bad: { budget_id: [[unknownId, 'NOT_FOUND']] },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  create_budget: {
    arguments: ({ teams }) => ({
      limit_amount: '200',
      unit: 'money',
      currency: null,
      period: 'week',
      team_id: teams.backend,
      user_id: null,
      api_key_id: null,
      service: 'openai',
      model: 'gpt-5',
      policy: 'grace',
      grace_percent: 10,
      thresholds: [50, 80],
      name: 'Weekly'
    }),
    // Backend is below the team that they lead.
    who: { ...managers('NOT_FOUND'), lead: allowed },
    bad: {
      limit_amount: [[null, 'null in limit_amount'], ...amounts('budgets_limit_amount_range')],
      unit: [
        [null, 'null in unit'],
        ['', 'budgets_unit_known']
      ],
      currency: currencies('budgets_currency_form'),
      period: [
        [null, 'null in period'],
        ['hour', 'budgets_period_known']
      ],
      team_id: [[unknownId, 'NOT_FOUND']],
      user_id: [[unknownId, 'NOT_FOUND']],
      api_key_id: [[unknownId, 'NOT_FOUND']],
      service: label('budgets_service_length'),
      model: label('budgets_model_length'),
      policy: [
        [null, 'null in policy'],
        ['', 'budgets_policy_known'],
        ['block', 'budgets_policy_with_percent']
      ],
      grace_percent: [
        [null, 'budgets_policy_with_percent'],
        [0, 'budgets_grace_percent_range'],
        [1001, 'budgets_grace_percent_range']
      ],
      thresholds: [[null, 'null in thresholds'], ...thresholds],
      name: [['', 'budgets_name_length'], ...name]
    },
    foreign: ({ teams, people, keys }) => ({
      team_id: teams.foreign,
      user_id: people.stranger,
      api_key_id: keys.other.id
    })
  },
  update_budget: {
    arguments: ({ budgets }) => ({
      budget_id: budgets.acme,
      limit_amount: '200.5',
      thresholds: [50],
      policy: 'grace',
      grace_percent: 5,
      name: 'New'
    }),
    who: budgetManagers,
    bad: {
      budget_id: [
        [unknownId, 'NOT_FOUND'],
        [null, 'NOT_FOUND']
      ],
      limit_amount: amounts('budgets_limit_amount_range'),
      thresholds,
      policy: [
        ['', 'budgets_policy_known'],
        ['allow', 'budgets_policy_with_percent']
      ],
      grace_percent: [
        [0, 'budgets_grace_percent_range'],
        [null, 'budgets_policy_with_percent']
      ],
      name
    },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  pause_budget: {
    arguments: ({ budgets }) => ({ budget_id: budgets.acme }),
    who: budgetManagers,
    bad: { budget_id: [[unknownId, 'NOT_FOUND']] },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  resume_budget: {
    arguments: ({ budgets }) => ({ budget_id: budgets.acme }),
    who: budgetManagers,
    bad: { budget_id: [[unknownId, 'NOT_FOUND']] },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  raise_budget: {
    arguments: ({ budgets }) => ({ budget_id: budgets.acme, amount: '5', expires_at: null, reason: 'A busy week' }),
    who: budgetManagers,
    bad: { budget_id: [[unknownId, 'NOT_FOUND']], amount: raise, expires_at: expiry, reason },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  request_budget_raise: {
    arguments: ({ budgets }) => ({ budget_id: budgets.acme, amount: '5', expires_at: null, reason: 'A busy week' }),
    who: readers,
    bad: { budget_id: [[unknownId, 'NOT_FOUND']], amount: raise, expires_at: expiry, reason },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  decide_budget_raise: {
    arguments: ({ raises }) => ({ raise_id: raises.acme, approve: true }),
    who: budgetManagers,
    bad: { raise_id: [[unknownId, 'NOT_FOUND']], approve: [[null, 'INVALID_INPUT']] },
    foreign: ({ raises }) => ({ raise_id: raises.other })
  }
}
