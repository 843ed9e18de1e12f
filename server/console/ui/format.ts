import { currentLocale } from '../i18n/start.ts'

// Amounts are texts of decimal digits, and stay that: Intl reads them exactly.

type Digits = string | number | null | undefined
const isMissing = (value: Digits): value is null | undefined | '' =>
  value === null || value === undefined || value === ''
const exact = (value: string | number) => value as Intl.StringNumericLiteral

export function money(amount: Digits, currency: string | null | undefined): string {
  if (isMissing(amount)) return '–'
  if (!currency) return number(amount)
  const small = Math.abs(Number(amount)) < 1 && Number(amount) !== 0
  const format = new Intl.NumberFormat(currentLocale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(small && { maximumSignificantDigits: 4 })
  })
  return format.format(exact(amount))
}

export function number(value: Digits, compact = false): string {
  if (isMissing(value)) return '–'
  const options = compact ? ({ notation: 'compact', maximumFractionDigits: 1 } as const) : { maximumFractionDigits: 2 }
  return new Intl.NumberFormat(currentLocale(), options).format(exact(value))
}

/** Of things that there are only whole ones of; what is worked out ahead may have a part. */
export const count = (value: Digits): string =>
  isMissing(value) ? '–' : new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 0 }).format(exact(value))

/** An amount of a budget: money in its currency, or a count. */
export const amount = (value: Digits, currency: string | null | undefined): string =>
  currency ? money(value, currency) : count(value)

/** @param part 0.125 is 12.5 %. */
export function percent(part: Digits): string {
  if (isMissing(part)) return '–'
  return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 1 }).format(exact(part))
}

export function date(moment: string | null | undefined, timeZone?: string): string {
  if (!moment) return '–'
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeZone }).format(new Date(moment))
}

/** How a field shows a date that is chosen in it. */
export const dateForm = (): string => (currentLocale() === 'zh-CN' ? 'YYYY年M月D日' : 'MMM D, YYYY')

export function month(moment: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(currentLocale(), { year: 'numeric', month: 'long', timeZone }).format(new Date(moment))
}

/** What one of something costs, to the last digit. */
export function price(amount: string, currency: string): string {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 15
  }).format(exact(amount))
}

export function time(moment: string | null | undefined, timeZone?: string): string {
  if (!moment) return '–'
  const format = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return format.format(new Date(moment))
}

export const daysUntil = (moment: string): number =>
  Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / 86_400_000))

/** A kilobyte has 1,024, as in the plans. */
export function bytes(value: Digits): string {
  if (isMissing(value)) return '–'
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, Number(value))) / 10))
  const format = new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: 1
  })
  return format.format(Number(value) / 1024 ** step)
}
