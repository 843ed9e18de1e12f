import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { graphql } from '../api/graphql.ts'
import type { ShownBudgetFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { CreateBudget, UpdateBudget } from './documents.ts'

const BudgetTargets = graphql(/* GraphQL */ `
  query BudgetTargets {
    teams(first: 1000, orderBy: [NAME_ASC]) {
      nodes {
        id
        name
      }
    }
    members(first: 1000) {
      nodes {
        userId
        user {
          name
          email
        }
      }
    }
    orgApiKeys(first: 1000) {
      nodes {
        id
        name
        teamId
      }
    }
  }
`)

interface Values {
  target?: string
  name?: string
  unit?: string
  period?: string
  limitAmount: string
  policy: string
  gracePercent?: number
  thresholds: number[]
  service?: string
  model?: string
}

/** Makes a budget, or changes what can be changed of one. */
export function BudgetForm({ budget, onClose }: { budget?: ShownBudgetFragment; onClose: () => void }) {
  const { t } = useTranslation()
  const mutate = useMutate()
  const submit = async ({ target, policy, gracePercent, thresholds, ...values }: Values) => {
    const shared = {
      policy,
      thresholds: thresholds.map(Number),
      ...(policy === 'grace' && gracePercent !== undefined && { gracePercent })
    }
    if (budget) {
      const { name, limitAmount } = values
      await mutate(UpdateBudget, { input: { budgetId: budget.id, limitAmount, ...shared, ...(name && { name }) } })
      return
    }
    const [kind, id] = target?.split(' ') ?? []
    await mutate(CreateBudget, { input: { ...values, ...shared, ...(kind && id && { [kind]: id }) } })
  }
  const choices = <const Name extends string>(names: readonly Name[], label: (name: NoInfer<Name>) => string) =>
    names.map(value => ({ value, label: label(value) }))
  const limit = t('budgets.limit')
  return (
    <FormModal<Values>
      open
      title={budget ? t('budgets.edit') : t('budgets.create')}
      onClose={onClose}
      submit={submit}
      action={budget ? t('common.save') : t('common.create')}
      initial={
        budget
          ? {
              limitAmount: budget.limitAmount,
              policy: budget.policy,
              thresholds: budget.thresholds.map(Number),
              ...(budget.name && { name: budget.name }),
              ...(budget.gracePercent != null && { gracePercent: budget.gracePercent })
            }
          : { unit: 'money', period: 'month', policy: 'block', thresholds: [50, 80, 100] }
      }
    >
      {!budget && <Target />}
      <Form.Item name="name" label={t('common.name')}>
        <Input />
      </Form.Item>
      {!budget && (
        <>
          <Form.Item name="unit" label={t('budgets.unit')}>
            <Select options={choices(['money', 'requests', 'tokens'], name => t(`budgets.units.${name}`))} />
          </Form.Item>
          <Form.Item name="period" label={t('budgets.period')}>
            <Select
              options={choices(['day', 'week', 'month', 'quarter', 'year', 'total'], name =>
                t(`budgets.periods.${name}`)
              )}
            />
          </Form.Item>
        </>
      )}
      <Form.Item
        name="limitAmount"
        label={limit}
        rules={[{ required: true, message: t('common.required', { field: limit }) }]}
      >
        <InputNumber controls={false} stringMode min="0" style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="policy" label={t('budgets.policy')}>
        <Select options={choices(['block', 'allow', 'grace'], name => t(`budgets.policies.${name}`))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.policy !== after.policy}>
        {({ getFieldValue }) =>
          getFieldValue('policy') === 'grace' && (
            <Form.Item name="gracePercent" label={t('budgets.grace')}>
              <InputNumber controls={false} min={1} style={{ width: '100%' }} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="thresholds" label={t('budgets.thresholds')} extra={t('budgets.thresholdsHint')}>
        <Select mode="tags" tokenSeparators={[',', ' ']} open={false} suffix={null} />
      </Form.Item>
      {!budget && (
        <>
          <Form.Item name="service" label={t('budgets.service')}>
            <Input placeholder={t('common.all')} />
          </Form.Item>
          <Form.Item name="model" label={t('budgets.model')}>
            <Input placeholder={t('common.all')} />
          </Form.Item>
        </>
      )}
    </FormModal>
  )
}

/** What the budget limits: the organization unless something else is chosen. */
function Target() {
  const { t } = useTranslation()
  const [{ data, fetching }] = useQuery({ query: BudgetTargets })
  const { may, mayInTeam } = useOrganization()
  const all = may('budget:update')
  const mine = (teamId: string | null | undefined) => mayInTeam('budget:update', teamId)
  const group = (level: 'team' | 'member' | 'api_key', options: { value: string; label: string }[]) =>
    options.length > 0 ? [{ label: t(`budgets.levels.${level}`), options }] : []
  const teams =
    data?.teams?.nodes.filter(team => mine(team!.id)).map(team => ({ value: `teamId ${team!.id}`, label: team!.name }))
    ?? []
  const members =
    data?.members?.nodes
      .filter(() => all)
      .map(member => ({ value: `userId ${member!.userId}`, label: member!.user?.name ?? '–' })) ?? []
  const keys =
    data?.orgApiKeys?.nodes
      .filter(key => mine(key!.teamId))
      .map(key => ({ value: `apiKeyId ${key!.id}`, label: key!.name })) ?? []
  const label = t('budgets.for')
  return (
    <Form.Item
      name="target"
      label={label}
      // The organization's own is for whoever may in the whole of it.
      rules={[{ required: !all, message: t('common.required', { field: label }) }]}
    >
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        loading={fetching}
        placeholder={all ? t('budgets.levels.organization') : undefined}
        options={[...group('team', teams), ...group('member', members), ...group('api_key', keys)]}
      />
    </Form.Item>
  )
}
