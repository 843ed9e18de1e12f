import { App, Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ShownBudgetFragment } from '../generated/graphql'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { RaiseBudget, RequestRaise } from './raises.ts'

interface Values {
  amount: string
  reason?: string
}

/** Adds to a budget for the rest of its period, or asks for that. */
export function MoreForm(props: {
  budget: ShownBudgetFragment
  name: string
  kind: 'ask' | 'raise'
  onClose: () => void
}) {
  const { budget, name, kind, onClose } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const mutate = useMutate()
  const submit = async (values: Values) => {
    const input = { budgetId: budget.id, ...values }
    await (kind === 'ask' ? mutate(RequestRaise, { input }) : mutate(RaiseBudget, { input }))
    void message.success(kind === 'ask' ? t('budgets.asked') : t('common.done'))
  }
  const label = t('budgets.askAmount')
  return (
    <FormModal<Values> open title={`${t(`budgets.${kind}`)}: ${name}`} onClose={onClose} submit={submit}>
      <Form.Item
        name="amount"
        label={label}
        rules={[{ required: true, message: t('common.required', { field: label }) }]}
      >
        <InputNumber controls={false} stringMode min="0" style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="reason" label={t('budgets.reason')}>
        <Input.TextArea rows={2} />
      </Form.Item>
    </FormModal>
  )
}
