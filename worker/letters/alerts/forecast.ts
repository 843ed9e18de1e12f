import type { AlertWords } from '../alerts.ts'
import { whose, type BudgetFacts } from '../budget.ts'

interface Facts extends BudgetFacts {
  expected: string
  low: string
  high: string
  runs_out_on: string
}

/** A budget will not last for its period. */
export default {
  en: ({ organization, facts }, { amount, day, moment }) => ({
    subject: `${organization}: a budget will run out on ${day(facts.runs_out_on)}`,
    paragraphs: [`At this pace the budget of ${whose.en(facts, organization)} is used up before its period ends.`],
    rows: [
      ['Runs out on', day(facts.runs_out_on)],
      ['Budget in all', amount(facts.limit, facts.unit)],
      ['Expected by the end', amount(facts.expected, facts.unit)],
      ['Likely between', `${amount(facts.low, facts.unit)} and ${amount(facts.high, facts.unit)}`],
      ...(facts.resets_at ? [['Resets at', moment(facts.resets_at)] satisfies [string, string]] : [])
    ]
  }),
  zh: ({ organization, facts }, { amount, day, moment }) => ({
    subject: `${organization}：预算预计将于 ${day(facts.runs_out_on)}用完`,
    paragraphs: [`按照目前的用量，${whose.zh(facts, organization)}的预算将在本周期结束前用完。`],
    rows: [
      ['预计用完日期', day(facts.runs_out_on)],
      ['预算总额', amount(facts.limit, facts.unit)],
      ['周期结束时预计用量', amount(facts.expected, facts.unit)],
      ['可能范围', `${amount(facts.low, facts.unit)} 至 ${amount(facts.high, facts.unit)}`],
      ...(facts.resets_at ? [['重置时间', moment(facts.resets_at)] satisfies [string, string]] : [])
    ]
  })
} satisfies AlertWords<Facts>
