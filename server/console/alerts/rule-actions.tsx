import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownRuleFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { RuleForm } from './rule-form.tsx'
import { DeleteRule, MuteRule } from './verbs.ts'
import { useNameOf } from './words.ts'

/** Silence for good is one until the year 9999. */
export const isMuted = ({ mutedUntil }: Pick<ShownRuleFragment, 'mutedUntil'>): boolean =>
  mutedUntil != null && Date.parse(mutedUntil) > Date.now()

const hour = 3_600_000
/** A moment that is over by every clock. */
const over = new Date(0).toISOString()
const spans = { hour, day: 24 * hour, week: 168 * hour }

/** What can be done to one rule, by whoever may. */
export function RuleActions(props: { rule: ShownRuleFragment; channels: { id: string; name: string }[] }) {
  const { rule, channels } = props
  const { t } = useTranslation()
  const { may } = useOrganization()
  const { modal } = App.useApp()
  const act = useAct()
  const [editing, setEditing] = useState(false)
  const named = useNameOf()
  const { id: ruleId } = rule
  const name = named(rule.name)
  if (!may('alert:manage')) return null
  const mute = (until?: string) =>
    void act(MuteRule, { ruleId, ...(until !== undefined && { until }) }, t('common.done'))
  const remove = () =>
    modal.confirm({
      title: t('alerts.deleteRule', { name }),
      content: t('alerts.deleteRuleHint'),
      okText: t('common.delete'),
      okButtonProps: { danger: true },
      onOk: () => act(DeleteRule, { ruleId }, t('common.done'))
    })
  const items = [
    { key: 'edit', label: t('common.edit'), onClick: () => setEditing(true) },
    ...(isMuted(rule)
      ? [{ key: 'unmute', label: t('alerts.unmute'), onClick: () => mute(over) }]
      : [
          ...Object.entries(spans).map(([span, length]) => ({
            key: span,
            label: t(`alerts.mute.${span as 'hour'}`),
            onClick: () => mute(new Date(Date.now() + length).toISOString())
          })),
          { key: 'mute', label: t('alerts.mute.good'), onClick: () => mute() }
        ]),
    { key: 'delete', danger: true, label: t('common.delete'), onClick: () => void remove() }
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('common.actionsFor', { name })} />
      </Dropdown>
      {editing && <RuleForm rule={rule} channels={channels} onClose={() => setEditing(false)} />}
    </>
  )
}
