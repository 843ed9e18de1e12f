import { App, Form, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { graphql } from '../api/graphql.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { GrantCredit } from './documents.ts'

const CreditMembers = graphql(/* GraphQL */ `
  query CreditMembers {
    members(first: 1000) {
      nodes {
        userId
        user {
          name
        }
      }
    }
  }
`)

interface Values {
  userId: string
  amount: string
}

/** Gives a member a credit, or adds to it; what is left of it stands among the budgets. */
export function CreditForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { currency } = useOrganization()
  const { message } = App.useApp()
  const mutate = useMutate()
  const [{ data, fetching }] = useQuery({ query: CreditMembers })
  const submit = async (values: Values) => {
    await mutate(GrantCredit, { input: values })
    void message.success(t('common.done'))
  }
  const [member, amount] = [t('budgets.levels.member'), t('budgets.creditAmount', { currency })]
  const needed = (field: string) => [{ required: true, message: t('common.required', { field }) }]
  return (
    <FormModal<Values> open title={t('budgets.giveCredit')} onClose={onClose} submit={submit}>
      <p className="quiet">{t('budgets.creditHint')}</p>
      <Form.Item name="userId" label={member} rules={needed(member)}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={fetching}
          options={data?.members?.nodes.map(node => ({ value: node!.userId, label: node!.user?.name ?? '–' })) ?? []}
        />
      </Form.Item>
      <Form.Item name="amount" label={amount} rules={needed(amount)}>
        <InputNumber controls={false} stringMode min="0" style={{ width: '100%' }} />
      </Form.Item>
    </FormModal>
  )
}
