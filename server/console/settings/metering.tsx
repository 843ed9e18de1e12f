import { App, Card, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageForm } from '../session/form.tsx'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { UpdateMetering } from './documents.ts'
import type { Organization } from './profile.tsx'

interface Values {
  timeZone: string
  currency: string
  creditOrder: string
  retentionMonths: number
  strictPricing: boolean
}

const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map(value => ({ value, label: value }))

/** How use is counted and charged. */
export function Metering({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const { again } = useMine()
  const { message } = App.useApp()
  const mutate = useMutate()
  if (!may('organization:update')) return null
  const submit = async (input: Values) => {
    await mutate(UpdateMetering, { input })
    void message.success(t('common.saved'))
    again()
  }
  const { timeZone, currency, creditOrder, retentionMonths, strictPricing } = organization
  const orders = (['personal_first', 'organization_first'] as const).map(value => ({
    value,
    label: t(`settings.orders.${value}`)
  }))
  return (
    <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('settings.metering')}</h2>}>
      <PageForm<Values> action={t('settings.saveMetering')} submit={submit}>
        <Form.Item name="timeZone" label={t('settings.timeZone')} extra={t('settings.next')} initialValue={timeZone}>
          <Select showSearch options={zones} />
        </Form.Item>
        <Form.Item name="currency" label={t('settings.currency')} extra={t('settings.next')} initialValue={currency}>
          <Input maxLength={3} />
        </Form.Item>
        <Form.Item name="creditOrder" label={t('settings.creditOrder')} initialValue={creditOrder}>
          <Select options={orders} />
        </Form.Item>
        <Form.Item name="retentionMonths" label={t('settings.retention')} initialValue={retentionMonths}>
          <InputNumber controls={false} min={1} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="strictPricing" valuePropName="checked" initialValue={strictPricing}>
          <Checkbox>{t('settings.strict')}</Checkbox>
        </Form.Item>
      </PageForm>
    </Card>
  )
}
