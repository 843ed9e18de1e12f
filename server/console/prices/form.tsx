import { Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { SetPrice } from './documents.ts'

export const units = ['inputToken', 'cachedInputToken', 'outputToken', 'request'] as const

interface Values extends Partial<Record<(typeof units)[number], string>> {
  service: string
  model: string
  currency: string
}

/** The organization's own prices of a model, from now on. */
export function PriceForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { currency } = useOrganization()
  const mutate = useMutate()
  const submit = async (values: Values) => {
    await mutate(SetPrice, { input: values })
  }
  const needed = (name: 'service' | 'model' | 'currency', label: string) => (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('common.required', { field: label }) }]}>
      <Input autoComplete="off" />
    </Form.Item>
  )
  return (
    <FormModal<Values> open title={t('prices.set')} onClose={onClose} submit={submit} initial={{ currency }}>
      {needed('service', t('budgets.service'))}
      {needed('model', t('budgets.model'))}
      {needed('currency', t('prices.currency'))}
      <p className="quiet">{t('prices.formHint')}</p>
      {units.map(unit => (
        <Form.Item key={unit} name={unit} label={t(`prices.units.${unit}`)}>
          <InputNumber controls={false} stringMode min="0" style={{ width: '100%' }} />
        </Form.Item>
      ))}
    </FormModal>
  )
}
