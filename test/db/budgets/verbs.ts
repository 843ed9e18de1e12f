import { allowed, amounts, currencies, managers, outsiders, type Verb } from '../../helpers/verbs.ts'

/** A figure of a budget: for whoever sees the budget. */
const figure: Verb = {
  arguments: () => ({}),
  from: 'app_public.budgets as budget',
  who: {
    ...outsiders,
    owner: allowed,
    admin: allowed,
    stranger: allowed,
    member: '0 rows',
    viewer: '0 rows',
    lead: '0 rows',
    otherTeam: '0 rows',
    auditor: allowed,
    denied: '0 rows',
    nobody: '0 rows'
  },
  bad: {}
}

export const verbs: Record<string, Verb> = {
  budgets_current_spend: figure,
  budgets_resets_at: figure,
  set_budget: {
    arguments: () => ({ monthly_limit: '200.5', alert_threshold: 50, currency: 'USD', status: 'active' }),
    who: managers(allowed),
    bad: {
      monthly_limit: amounts('budgets_monthly_limit_range'),
      alert_threshold: [
        [0, 'budgets_alert_threshold_range'],
        [101, 'budgets_alert_threshold_range'],
        [-1, 'budgets_alert_threshold_range']
      ],
      // Something was spent, so any other currency is too late; the forms are refused for a budget without spend.
      currency: [['EUR', 'INVALID_INPUT'], ...currencies('INVALID_INPUT')],
      status: [
        ['', 'budgets_status_known'],
        ['deleted', 'budgets_status_known'],
        ['ACTIVE', 'budgets_status_known']
      ]
    }
  }
}
