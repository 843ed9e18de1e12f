import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { CreateKey, KeyChoices } from './documents.ts'
import { BoundField, KeyFields, NameField, type KeyLimits } from './fields.tsx'

interface Values extends KeyLimits {
  teamId?: string
  mode: string
}

/** Makes a key. What is left empty is as the server has it. */
export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation()
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
  return (
    <FormModal<Values>
      open
      title={t('keys.create')}
      onClose={onClose}
      submit={submit}
      action={t('common.create')}
      initial={{ mode: 'live' }}
    >
      <NameField />
      <Form.Item name="teamId" label={t('budgets.levels.team')} extra={t('keys.teamHint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={data?.teams?.nodes.map(team => ({ value: team!.id, label: team!.name })) ?? []}
        />
      </Form.Item>
      <KeyFields />
      <Form.Item name="mode" label={t('keys.mode')}>
        <Select
          options={[
            { value: 'live', label: t('keys.modes.live') },
            { value: 'test', label: t('keys.modes.test') }
          ]}
        />
      </Form.Item>
      <BoundField />
    </FormModal>
  )
}
