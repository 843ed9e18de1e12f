import type { Words } from './letter.ts'

/** Amounts are exact decimals as texts. */
export interface StatementFacts {
  organization: string
  /** The month's first day, YYYY-MM-DD. */
  month: string
  currency: string
  lines: { label: string; amount: string }[]
  total: string
  link: string
}

// A month is the organization's own, in whatever zone it is read.
const monthIn = (tag: string, month: string) =>
  new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month.slice(0, 7)}-01`)
  )
const rows = ({ lines, total, currency }: StatementFacts, name: string): [string, string][] => [
  ...lines.map(({ label, amount }): [string, string] => [label, `${currency} ${amount}`]),
  [name, `${currency} ${total}`]
]

/** What a month cost. */
export const statement: Words<StatementFacts> = {
  en: facts => ({
    subject: `${facts.organization}: statement for ${monthIn('en-GB', facts.month)}`,
    paragraphs: [
      `The statement of ${facts.organization} for ${monthIn('en-GB', facts.month)} is final. It comes to ${facts.currency} ${facts.total}.`
    ],
    rows: rows(facts, 'Total'),
    action: { label: 'Open the statement', target: facts.link },
    after: ['What is corrected later stands on the next statement.']
  }),
  zh: facts => ({
    subject: `${facts.organization}：${monthIn('zh-CN', facts.month)}账单`,
    paragraphs: [
      `${facts.organization} ${monthIn('zh-CN', facts.month)}的账单已出，总额为 ${facts.currency} ${facts.total}。`
    ],
    rows: rows(facts, '合计'),
    action: { label: '查看账单', target: facts.link },
    after: ['之后的更正将计入下一期账单。']
  })
}
