import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import type { ShownRuleFragment } from '../generated/graphql'
import { useBudgetName } from '../budgets/words.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { RuleBudgets } from './documents.ts'
import { CreateRule, UpdateRule } from './verbs.ts'
import { resources, ruleKinds, type RuleKind, useNameOf } from './words.ts'

interface Values {
  kind: RuleKind
  name: string
  budgetId?: string
  resource?: string
  thresholds?: (number | string)[]
  minimum?: string
  channelIds?: string[]
}

/** Where a new rule of such a kind begins. */
const beginnings: Partial<Record<RuleKind, number[]>> = {
  spike: [200],
  errors: [5],
  key_expiry: [14, 3, 1],
  quota: [80, 100]
}
const hasThresholds = (kind: RuleKind) => kind === 'threshold' || kind in beginnings

/** Makes a rule, or changes what can be changed of one. */
export function RuleForm(props: {
  rule?: ShownRuleFragment
  channels: { id: string; name: string }[]
  onClose: () => void
}) {
  const { rule, channels, onClose } = props
  const { t } = useTranslation()
  const { currency } = useOrganization()
  const named = useNameOf()
  const mutate = useMutate()
  const submit = async ({ kind, budgetId, resource, thresholds, minimum, ...values }: Values) => {
    const shared = {
      ...values,
      ...(thresholds?.length && { thresholds: thresholds.map(Number) }),
      ...(minimum && { minimum })
    }
    if (rule) await mutate(UpdateRule, { input: { ruleId: rule.id, ...shared } })
    else {
      const about = { kind, ...(budgetId && { budgetId }), ...(resource && { resource }) }
      await mutate(CreateRule, { input: { ...about, ...shared } })
    }
  }
  const needed = (field: string) => [{ required: true, message: t('common.required', { field }) }]
  return (
    <FormModal<Values>
      open
      title={rule ? t('alerts.editRule') : t('alerts.newRule')}
      onClose={onClose}
      submit={submit}
      action={rule ? t('common.save') : t('common.create')}
      initial={
        rule
          ? {
              kind: rule.kind as RuleKind,
              name: rule.name,
              thresholds: rule.thresholds?.map(Number) ?? [],
              minimum: rule.minimum,
              channelIds: rule.alertRuleChannelsByOrganizationIdAndRuleId.nodes.map(link => link!.channelId)
            }
          : { kind: 'spike', thresholds: beginnings.spike!, channelIds: channels.map(({ id }) => id) }
      }
    >
      {form => (
        <>
          <Form.Item name="kind" label={t('alerts.about')} required>
            <Select
              disabled={rule !== undefined}
              options={ruleKinds.map(value => ({ value, label: t(`alerts.kinds.${value}`) }))}
              onChange={(kind: RuleKind) => form.setFieldValue('thresholds', beginnings[kind] ?? [])}
            />
          </Form.Item>
          <Form.Item name="name" label={t('common.name')} rules={needed(t('common.name'))}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.kind !== after.kind}>
            {({ getFieldValue }) => {
              const kind = getFieldValue('kind') as RuleKind
              return (
                <>
                  {!rule && (kind === 'threshold' || kind === 'forecast') && <BudgetChoice />}
                  {!rule && kind === 'quota' && (
                    <Form.Item name="resource" label={t('alerts.resource')}>
                      <Select
                        allowClear
                        placeholder={t('alerts.allOfPlan')}
                        options={resources.map(value => ({ value, label: t(`alerts.resources.${value}`) }))}
                      />
                    </Form.Item>
                  )}
                  {hasThresholds(kind) && (
                    <Form.Item
                      name="thresholds"
                      label={kind === 'key_expiry' ? t('alerts.daysBefore') : t('alerts.thresholds')}
                      extra={t(`alerts.hints.${kind as 'spike'}`)}
                      // What is left out stays, so a rule that has some keeps some.
                      rules={kind === 'threshold' && !rule?.thresholds ? [] : needed(t('alerts.thresholds'))}
                    >
                      <Select mode="tags" tokenSeparators={[',', ' ']} open={false} suffix={null} />
                    </Form.Item>
                  )}
                  {kind === 'spike' && (
                    <Form.Item name="minimum" label={t('alerts.minimum', { currency })}>
                      <InputNumber controls={false} stringMode min="0" style={{ width: '100%' }} />
                    </Form.Item>
                  )}
                </>
              )
            }}
          </Form.Item>
          <Form.Item name="channelIds" label={t('alerts.channels')} extra={t('alerts.channelsHint')}>
            <Select mode="multiple" options={channels.map(({ id, name }) => ({ value: id, label: named(name) }))} />
          </Form.Item>
        </>
      )}
    </FormModal>
  )
}

/** All budgets unless one is chosen. Those of the plan have the rules about the plan. */
function BudgetChoice() {
  const { t } = useTranslation()
  const nameOf = useBudgetName()
  const [{ data, fetching }] = useQuery({ query: RuleBudgets })
  const own = data?.budgets?.nodes.map(node => node!).filter(({ source }) => source === 'own') ?? []
  return (
    <Form.Item name="budgetId" label={t('alerts.budget')}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        loading={fetching}
        placeholder={t('alerts.allBudgets')}
        options={own.map(budget => ({
          value: budget.id,
          label: `${nameOf(budget)} (${t(`budgets.levels.${budget.level as 'team'}`)}, ${t(`budgets.periods.${budget.period as 'month'}`)})`
        }))}
      />
    </Form.Item>
  )
}
