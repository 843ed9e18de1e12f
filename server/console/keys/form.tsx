import { Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { CreateKey, KeyChoices } from './documents.ts'

interface Values {
  name: string
  teamId?: string
  scopes?: string[]
  mode: string
  rateLimit?: number
  monthlyQuota?: string
  monthlyBudget?: string
  allowedModels?: string[]
  allowedIps?: string[]
  boundToCreator?: boolean
  expiresAt?: Dayjs
}

/** Makes a key. What is left empty is as the server has it. */
export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation()
  const { currency } = useOrganization()
  const mutate = useMutate()
  const [{ data }] = useQuery({ query: KeyChoices })
  const submit = async ({ expiresAt, allowedModels, allowedIps, scopes, ...values }: Values) => {
    const input = {
      ...values,
      ...(scopes?.length && { scopes }),
      ...(allowedModels?.length && { allowedModels }),
      ...(allowedIps?.length && { allowedIps }),
      ...(expiresAt && { expiresAt: expiresAt.toISOString() })
    }
    const { createApiKey } = await mutate(CreateKey, { input })
    onMade(createApiKey!.result!.key!)
  }
  const several = { mode: 'tags' as const, tokenSeparators: [',', ' '], open: false, suffix: null }
  const whole = { width: '100%' }
  return (
    <FormModal<Values>
      open
      title={t('keys.create')}
      onClose={onClose}
      submit={submit}
      action={t('common.create')}
      initial={{ mode: 'live' }}
    >
      <Form.Item
        name="name"
        label={t('common.name')}
        rules={[{ required: true, message: t('common.required', { field: t('common.name') }) }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="teamId" label={t('budgets.levels.team')} extra={t('keys.teamHint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={data?.teams?.nodes.map(team => ({ value: team!.id, label: team!.name })) ?? []}
        />
      </Form.Item>
      <Form.Item name="scopes" label={t('keys.scopes')} extra={t('keys.scopesHint')}>
        <Select
          mode="multiple"
          options={
            data?.rolePermissions?.nodes.map(node => ({ value: node!.permission, label: node!.permission })) ?? []
          }
        />
      </Form.Item>
      <Form.Item name="rateLimit" label={t('keys.rateLimit')}>
        <InputNumber controls={false} min={1} style={whole} />
      </Form.Item>
      <Form.Item name="monthlyQuota" label={t('keys.monthlyQuota')}>
        <InputNumber controls={false} stringMode min="1" precision={0} style={whole} />
      </Form.Item>
      <Form.Item name="monthlyBudget" label={t('keys.monthlyBudget', { currency })}>
        <InputNumber controls={false} stringMode min="0" style={whole} />
      </Form.Item>
      <Form.Item name="allowedModels" label={t('keys.models')} extra={t('keys.modelsHint')}>
        <Select {...several} />
      </Form.Item>
      <Form.Item name="allowedIps" label={t('keys.networks')} extra={t('keys.networksHint')}>
        <Select {...several} />
      </Form.Item>
      <Form.Item name="expiresAt" label={t('common.expires')}>
        <DatePicker style={whole} />
      </Form.Item>
      <Form.Item name="mode" label={t('keys.mode')}>
        <Select
          options={[
            { value: 'live', label: t('keys.modes.live') },
            { value: 'test', label: t('keys.modes.test') }
          ]}
        />
      </Form.Item>
      <Form.Item name="boundToCreator" valuePropName="checked">
        <Checkbox>{t('keys.bound')}</Checkbox>
      </Form.Item>
    </FormModal>
  )
}
