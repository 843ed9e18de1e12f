import { Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useOrganization } from '../shell/tenant.ts'
import { dateForm } from '../ui/format.ts'
import { KeyChoices } from './documents.ts'

/** What a key is made with, and can be changed later. */
export interface KeyLimits {
  name: string
  scopes?: string[]
  rateLimit?: number
  monthlyQuota?: string
  monthlyBudget?: string
  allowedModels?: string[]
  allowedIps?: string[]
  boundToCreator?: boolean
  expiresAt?: Dayjs
}

export function NameField() {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="name"
      label={t('common.name')}
      rules={[{ required: true, message: t('common.required', { field: t('common.name') }) }]}
    >
      <Input autoComplete="off" />
    </Form.Item>
  )
}

export function BoundField() {
  const { t } = useTranslation()
  return (
    <Form.Item name="boundToCreator" valuePropName="checked">
      <Checkbox>{t('keys.bound')}</Checkbox>
    </Form.Item>
  )
}

/** @param changes of a key that is there: what every key has is not left out. */
export function KeyFields({ changes = false }: { changes?: boolean }) {
  const { t } = useTranslation()
  const kept = (field: string) => [{ required: changes, message: t('common.required', { field }) }]
  const { currency } = useOrganization()
  const [{ data }] = useQuery({ query: KeyChoices })
  const several = { mode: 'tags' as const, tokenSeparators: [',', ' '], open: false, suffix: null }
  const whole = { width: '100%' }
  return (
    <>
      <Form.Item
        name="scopes"
        label={t('keys.scopes')}
        extra={changes ? undefined : t('keys.scopesHint')}
        rules={kept(t('keys.scopes'))}
      >
        <Select
          mode="multiple"
          options={
            data?.rolePermissions?.nodes.map(node => ({ value: node!.permission, label: node!.permission })) ?? []
          }
        />
      </Form.Item>
      <Form.Item name="rateLimit" label={t('keys.rateLimit')} rules={kept(t('keys.rateLimit'))}>
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
        <DatePicker format={dateForm()} style={whole} />
      </Form.Item>
    </>
  )
}
