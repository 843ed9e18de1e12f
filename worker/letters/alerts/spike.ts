import type { AlertWords } from '../alerts.ts'

interface Facts {
  /** A date without a time. */
  day: string
  threshold: number
  cost: string
  usual: string
  unit: string
}

/** A day costs more than such days usually do. The date is the organization's own, in whatever zone it is read. */
export default {
  en: ({ organization, facts }, { amount }) => ({
    subject: `${organization}: today costs more than usual`,
    paragraphs: [
      `The usage of ${organization} on ${facts.day} has cost more than ${facts.threshold} % of what the same weekday of the last 4 weeks did.`
    ],
    rows: [
      ['So far', amount(facts.cost, facts.unit)],
      ['Usually, the whole day', amount(facts.usual, facts.unit)]
    ]
  }),
  zh: ({ organization, facts }, { amount }) => ({
    subject: `${organization}：今日费用高于平常`,
    paragraphs: [`${facts.day}，${organization} 的费用已超过最近四周同一天（按星期）的平均值的 ${facts.threshold}%。`],
    rows: [
      ['截至目前', amount(facts.cost, facts.unit)],
      ['平常全天', amount(facts.usual, facts.unit)]
    ]
  })
} satisfies AlertWords<Facts>
