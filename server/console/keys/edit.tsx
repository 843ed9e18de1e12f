import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ShownKeyFragment, UpdateApiKeyInput } from '../generated/graphql'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { UpdateKey } from './documents.ts'
import { BoundField, KeyFields, NameField, type KeyLimits } from './fields.tsx'

/** What can be taken away again, by the name that the server has for it. */
const clearable = {
  monthlyQuota: 'monthly_quota',
  monthlyBudget: 'monthly_budget',
  allowedModels: 'allowed_models',
  allowedIps: 'allowed_ips',
  expiresAt: 'expires_at'
} as const

const isEmpty = (value: unknown) => value == null || value === '' || (Array.isArray(value) && value.length === 0)

/** Changes a key; what stays as it was is not sent. Team and mark stay: they are what a key is. */
export function EditKey({ apiKey, onClose }: { apiKey: ShownKeyFragment; onClose: () => void }) {
  const { t } = useTranslation()
  const mutate = useMutate()
  const before: KeyLimits = {
    name: apiKey.name,
    scopes: texts(apiKey.scopes),
    rateLimit: apiKey.rateLimit,
    boundToCreator: apiKey.boundToCreator,
    allowedModels: texts(apiKey.allowedModels),
    allowedIps: texts(apiKey.allowedIps),
    ...(apiKey.monthlyQuota != null && { monthlyQuota: apiKey.monthlyQuota }),
    ...(apiKey.monthlyBudget != null && { monthlyBudget: apiKey.monthlyBudget }),
    ...(apiKey.expiresAt && { expiresAt: dayjs(apiKey.expiresAt) })
  }
  const submit = async (values: KeyLimits) => {
    const same = (name: keyof KeyLimits) => JSON.stringify(values[name]) === JSON.stringify(before[name])
    const changed = (Object.keys(values) as (keyof KeyLimits)[]).filter(name => !same(name))
    const clear = changed.flatMap(name =>
      name in clearable && isEmpty(values[name]) ? [clearable[name as 'expiresAt']] : []
    )
    const kept = changed.filter(name => !isEmpty(values[name])).map(name => [name, values[name]])
    const input: UpdateApiKeyInput = {
      keyId: apiKey.id,
      clear,
      ...(Object.fromEntries(kept) as Partial<UpdateApiKeyInput>)
    }
    await mutate(UpdateKey, { input })
  }
  return (
    <FormModal<KeyLimits>
      open
      title={t('keys.editTitle', { name: apiKey.name })}
      onClose={onClose}
      submit={submit}
      initial={before}
    >
      <NameField />
      <KeyFields changes />
      <BoundField />
    </FormModal>
  )
}

const texts = (values: readonly (string | null)[] | null | undefined): string[] => values?.map(value => value!) ?? []
