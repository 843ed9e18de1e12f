import type { Letter, Words } from './letter.ts'

/** Amounts are exact decimals as texts. */
export interface StatementFacts {
  organization: string
  /** The month's first day, YYYY-MM-DD. */
  month: string
  currency: string
  /** What cost most, by name. */
  lines: { label: string; amount: string }[]
  /** All the rest, where there is more. */
  others?: string | null
  /** What was booked late or corrected since earlier statements. */
  adjustments?: string | null
  total: string
  /** Where to see it; nothing where there are no pages. */
  link?: string | undefined
}

// A month is the organization's own, in whatever zone it is read.
const monthIn = (tag: string, month: string) =>
  new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month.slice(0, 7)}-01`)
  )
const rows = (
  { lines, others, adjustments, total, currency }: StatementFacts,
  names: { others: string; adjustments: string; total: string }
): [string, string][] => {
  const amounts: [string, string | null | undefined][] = [
    ...lines.map(({ label, amount }): [string, string] => [label, amount]),
    [names.others, others],
    [names.adjustments, adjustments],
    [names.total, total]
  ]
  return amounts.flatMap(([name, amount]) => (amount ? [[name, `${currency} ${amount}`]] : []))
}
const action = (label: string, { link }: StatementFacts): Pick<Letter, 'action'> =>
  link ? { action: { label, target: link } } : {}

/** What a month cost. */
export const statement: Words<StatementFacts> = {
  en: facts => ({
    subject: `${facts.organization}: statement for ${monthIn('en-GB', facts.month)}`,
    paragraphs: [
      `The statement of ${facts.organization} for ${monthIn('en-GB', facts.month)} is final. It comes to ${facts.currency} ${facts.total}.`
    ],
    rows: rows(facts, { others: 'Others', adjustments: 'Adjustments of earlier months', total: 'Total' }),
    ...action('Open the statement', facts),
    after: ['What is corrected later stands on the next statement.']
  }),
  zh: facts => ({
    subject: `${facts.organization}：${monthIn('zh-CN', facts.month)}账单`,
    paragraphs: [
      `${facts.organization} ${monthIn('zh-CN', facts.month)}的账单已出，总额为 ${facts.currency} ${facts.total}。`
    ],
    rows: rows(facts, { others: '其他', adjustments: '往期调整', total: '合计' }),
    ...action('查看账单', facts),
    after: ['之后的更正将计入下一期账单。']
  })
}
