import { useTranslation } from 'react-i18next'
import { useOrganization } from '../shell/tenant.ts'
import { amount, bytes, date, number, percent } from '../ui/format.ts'

/** What a rule can be about. */
export const ruleKinds = ['threshold', 'forecast', 'spike', 'errors', 'key_expiry', 'quota', 'unpriced'] as const
export type RuleKind = (typeof ruleKinds)[number]
export const resources = ['api_calls', 'seats', 'storage', 'teams', 'api_keys'] as const

/** What an alert carries, by the rule's kind; none of it is there for sure. */
type Facts = Partial<Record<string, string | number | null>>

/** The name of a rule or channel, in the reader's language where it is still the one that it began with. */
export function useNameOf(): (name: string) => string {
  const { t } = useTranslation()
  return name => t(`alerts.defaults.${name as 'Requests that fail'}`, { defaultValue: name })
}

/** What happened, in a sentence. */
export function useHappened(): (alert: { kind: string; facts: unknown }) => string {
  const { t } = useTranslation()
  const { name, timeZone } = useOrganization()
  return ({ kind, facts }) => {
    const told = (facts ?? {}) as Facts
    const text = (fact: string) => String(told[fact] ?? '–')
    const day = (fact: string) => date(told[fact] as string | null | undefined, timeZone)
    const isMoney = /^[A-Z]{3}$/.test(text('unit'))
    const sum = (fact: string) => amount(told[fact], isMoney ? text('unit') : null)
    const share = percent(Number(told['threshold'] ?? 0) / 100)
    const of = String(told['budget'] ?? told['of'] ?? name)
    switch (kind as RuleKind) {
      case 'threshold':
        return t('alerts.happened.threshold', { share, of, used: sum('used'), limit: sum('limit') })
      case 'forecast':
        return t('alerts.happened.forecast', { of, day: day('runs_out_on') })
      case 'spike':
        // The day is the organization's own, without a time.
        return t('alerts.happened.spike', {
          day: date(`${text('day')}T12:00Z`, 'UTC'),
          cost: sum('cost'),
          usual: sum('usual')
        })
      case 'errors': {
        const errors = number(told['errors'])
        const requests = number(told['requests'])
        return told['state'] === 'ended'
          ? t('alerts.happened.well', { share, errors, requests })
          : t('alerts.happened.errors', { share, errors, requests })
      }
      case 'key_expiry':
        return t('alerts.happened.key', { name: text('key_name'), day: day('expires_at') })
      case 'quota': {
        const resource = t(`alerts.resources.${(told['resource'] ?? 'api_calls') as 'seats'}`)
        const show = told['resource'] === 'storage' ? bytes : number
        return t('alerts.happened.quota', { share, resource, used: show(told['used']), limit: show(told['limit']) })
      }
      case 'unpriced':
        return t('alerts.happened.unpriced', { service: text('service'), model: text('model') })
      default:
        return kind
    }
  }
}
