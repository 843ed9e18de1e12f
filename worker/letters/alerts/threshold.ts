import type { AlertWords } from '../alerts.ts'
import { whose, type BudgetFacts } from '../budget.ts'

/** So much of a budget is used. */
export default {
  en: ({ organization, facts }, { amount, moment }) => ({
    subject: `${organization}: ${facts.threshold} % of a budget is used`,
    paragraphs: [
      `${whose.en(facts, organization).replace(/^the /, 'The ')} has used ${amount(facts.used, facts.unit)} of its budget of ${amount(facts.limit, facts.unit)}: the alert threshold of ${facts.threshold} % is crossed.`
    ],
    rows: [
      ...(facts.budget ? [['Budget', facts.budget] satisfies [string, string]] : []),
      ['Used', amount(facts.used, facts.unit)],
      ['Budget in all', amount(facts.limit, facts.unit)],
      ...(facts.resets_at ? [['Resets at', moment(facts.resets_at)] satisfies [string, string]] : [])
    ],
    after: [
      facts.policy === 'allow'
        ? 'Usage above the budget is let through.'
        : `Usage that does not fit the budget is refused${facts.resets_at ? ' until it resets' : ''}, or until somebody who may changes it.`
    ]
  }),
  zh: ({ organization, facts }, { amount, moment }) => ({
    subject: `${organization}：预算已使用 ${facts.threshold}%`,
    paragraphs: [
      `${whose.zh(facts, organization)}已使用 ${amount(facts.used, facts.unit)}，预算总额为 ${amount(facts.limit, facts.unit)}，已超过 ${facts.threshold}% 的提醒阈值。`
    ],
    rows: [
      ...(facts.budget ? [['预算名称', facts.budget] satisfies [string, string]] : []),
      ['已使用', amount(facts.used, facts.unit)],
      ['预算总额', amount(facts.limit, facts.unit)],
      ...(facts.resets_at ? [['重置时间', moment(facts.resets_at)] satisfies [string, string]] : [])
    ],
    after: [
      facts.policy === 'allow'
        ? '超出预算的用量仍会放行。'
        : `超出预算的用量将被拒绝，直到${facts.resets_at ? '预算重置或' : ''}有权限的人员调整预算。`
    ]
  })
} satisfies AlertWords<BudgetFacts>
