import { Button, Empty, Flex, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import type { ShownRuleFragment } from '../generated/graphql'
import { useBudgetName } from '../budgets/words.ts'
import { useOrganization } from '../shell/tenant.ts'
import { money, number, percent, time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Rules } from './documents.ts'
import { isMuted, RuleActions } from './rule-actions.tsx'
import { RuleForm } from './rule-form.tsx'
import { useNameOf } from './words.ts'

/** What is told, when and where. */
export function AlertRules() {
  const { t } = useTranslation()
  const { may, timeZone } = useOrganization()
  const [creating, setCreating] = useState(false)
  const [asked, ask] = useQuery({ query: Rules })
  const inWords = useRuleInWords()
  const named = useNameOf()
  return (
    <Loaded of={asked} again={ask}>
      {({ alertRules, alertChannels }) => {
        const channels = alertChannels!.nodes.map(node => node!)
        return (
          <Flex vertical gap={12}>
            {may('alert:manage') && (
              <Button type="primary" style={{ alignSelf: 'start' }} onClick={() => setCreating(true)}>
                {t('alerts.newRule')}
              </Button>
            )}
            {alertRules!.nodes.length === 0 && <Empty description={t('alerts.noRules')} />}
            <Flex vertical gap={8} role="list" aria-label={t('alerts.rules')}>
              {alertRules!.nodes.map(node => {
                const rule = node!
                const own = rule.alertRuleChannelsByOrganizationIdAndRuleId.nodes.map(link => link!.channelId)
                const names = channels.filter(({ id }) => own.includes(id)).map(({ name }) => named(name))
                return (
                  <Flex key={rule.id} role="listitem" justify="space-between" gap={8} align="start" className="row">
                    <Flex vertical gap={4} style={{ minWidth: 0 }}>
                      <Flex wrap gap={8} align="center">
                        <strong>{named(rule.name)}</strong>
                        <Tag>{t(`alerts.kinds.${rule.kind as 'spike'}`)}</Tag>
                        {isMuted(rule) && (
                          <Tag color="warning">
                            {rule.mutedUntil?.startsWith('9999-')
                              ? t('alerts.muted')
                              : t('alerts.mutedUntil', { when: time(rule.mutedUntil, timeZone) })}
                          </Tag>
                        )}
                      </Flex>
                      <span>{inWords(rule)}</span>
                      <span className="quiet">
                        {names.length > 0 ? t('alerts.goesTo', { names: names.join(', ') }) : t('alerts.goesNowhere')}
                      </span>
                    </Flex>
                    <RuleActions rule={rule} channels={channels} />
                  </Flex>
                )
              })}
            </Flex>
            {creating && <RuleForm channels={channels} onClose={() => setCreating(false)} />}
          </Flex>
        )
      }}
    </Loaded>
  )
}

/** About what a rule is, and where it fires. */
function useRuleInWords(): (rule: ShownRuleFragment) => string {
  const { t } = useTranslation()
  const { currency } = useOrganization()
  const nameOf = useBudgetName()
  return ({ kind, thresholds, minimum, organizationBudget: budget, resource }) => {
    const steps = (thresholds ?? []).map(step =>
      kind === 'key_expiry' ? t('alerts.days', { count: step!, days: number(step) }) : percent(step! / 100)
    )
    const parts = [
      ...(kind === 'threshold' || kind === 'forecast' ? [budget ? nameOf(budget) : t('alerts.allBudgets')] : []),
      ...(kind === 'quota' ? [resource ? t(`alerts.resources.${resource as 'seats'}`) : t('alerts.allOfPlan')] : []),
      ...(steps.length > 0 ? [steps.join(', ')] : kind === 'threshold' ? [t('alerts.ownThresholds')] : []),
      ...(kind === 'spike' && Number(minimum) > 0 ? [t('alerts.atLeast', { cost: money(minimum, currency) })] : [])
    ]
    return parts.join(' · ')
  }
}
