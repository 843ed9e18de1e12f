import type { Alert, AlertWords } from '../alerts.ts'
import type { BudgetFacts } from '../budget.ts'

/** API calls are a budget of the plan; the other resources are counted. */
interface Facts extends Partial<BudgetFacts> {
  resource?: string
  threshold: number
  limit: string
  used: string
}

const names = {
  en: { api_calls: 'API calls', seats: 'members', storage: 'storage', teams: 'teams', api_keys: 'API keys' },
  zh: { api_calls: 'API 调用', seats: '成员', storage: '存储空间', teams: '团队', api_keys: 'API 密钥' }
} satisfies Record<string, Record<string, string>>
const nameIn = (language: 'en' | 'zh', { facts }: Alert<Facts>) =>
  names[language][(facts.resource ?? 'api_calls') as keyof (typeof names)['en']]

/** So much of the plan is used. */
export default {
  en: (alert, { moment }) => ({
    subject: `${alert.organization}: ${alert.facts.threshold} % of the plan's ${nameIn('en', alert)} is used`,
    paragraphs: [
      `${alert.organization} uses ${alert.facts.used} of the ${alert.facts.limit} that its plan allows (${nameIn('en', alert)}${alert.facts.resource === 'storage' ? ', in bytes' : ''}).`
    ],
    rows: [
      ['Used', alert.facts.used],
      ['Plan', alert.facts.limit],
      ...(alert.facts.resets_at ? [['Resets at', moment(alert.facts.resets_at)] satisfies [string, string]] : [])
    ],
    after: ['What is above it is refused. An owner changes to a larger plan with "changePlan".']
  }),
  zh: (alert, { moment }) => ({
    subject: `${alert.organization}：套餐的${nameIn('zh', alert)}已使用 ${alert.facts.threshold}%`,
    paragraphs: [
      `${alert.organization} 已使用套餐的${nameIn('zh', alert)}${alert.facts.resource === 'storage' ? '（字节）' : ''}：${alert.facts.used}，上限为 ${alert.facts.limit}。`
    ],
    rows: [
      ['已使用', alert.facts.used],
      ['套餐上限', alert.facts.limit],
      ...(alert.facts.resets_at ? [['重置时间', moment(alert.facts.resets_at)] satisfies [string, string]] : [])
    ],
    after: ['超出上限的部分将被拒绝。所有者可通过 changePlan 升级套餐。']
  })
} satisfies AlertWords<Facts>
