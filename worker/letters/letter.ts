/** What a mail says, without how it looks. */
export interface Letter {
  subject: string
  paragraphs: string[]
  /** Figures with their names. */
  rows?: [name: string, value: string][]
  /** What the recipient is to do: a link, or the secret itself where there are no pages. */
  action?: { label: string; target: string }
  /** Below the figures and the action. */
  after?: string[]
}

export type Language = 'en' | 'zh'

/** How a language and a time zone write what facts hold. */
export interface Say {
  moment(at: Date | string): string
  day(date: Date | string): string
  /** An exact decimal with its currency or unit. */
  amount(value: string, unit: string): string
}

/** One mail in each language. */
export type Words<Facts = any> = Record<Language, (facts: Facts, say: Say) => Letter>

/** Simplified Chinese for whoever reads it; English for everybody else, who may not read these signs. */
export const languageOf = (locale: string | null): Language =>
  /^zh(-Hans)?(-(CN|SG|MY))?$/.test(locale ?? '') ? 'zh' : 'en'

const tags = { en: 'en-GB', zh: 'zh-CN' }
const units: Record<Language, Record<string, string>> = { en: {}, zh: { requests: '次请求', tokens: '个令牌' } }

export function sayIn(language: Language, timeZone: string | null): Say {
  const format = (options: Intl.DateTimeFormatOptions) => (at: Date | string) =>
    new Intl.DateTimeFormat(tags[language], { timeZone: timeZone ?? 'UTC', ...options }).format(new Date(at))
  return {
    moment: format({
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short'
    }),
    day: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    amount: (value, unit) =>
      /^[A-Z]{3}$/.test(unit) ? `${unit} ${value}` : `${value} ${units[language][unit] ?? unit}`
  }
}
