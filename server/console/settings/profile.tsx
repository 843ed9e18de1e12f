import { App, Card, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { SettingsQuery } from '../generated/graphql'
import { PageForm } from '../session/form.tsx'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { UpdateOrganization } from './documents.ts'

export type Organization = NonNullable<SettingsQuery['organization']>
interface Values {
  name: string
  slug: string
  description?: string
  logoUrl?: string
}

export function Profile({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const { may, slug } = useOrganization()
  const { again } = useMine()
  const { message } = App.useApp()
  const mutate = useMutate()
  const navigate = useNavigate()
  const submit = async (input: Values) => {
    const { updateOrganization } = await mutate(UpdateOrganization, { input })
    void message.success(t('common.saved'))
    again()
    const next = updateOrganization!.result!.slug
    if (next !== slug) void navigate(`/${next}/settings`)
  }
  const need = (field: string) => [{ required: true, message: t('common.required', { field }) }]
  const disabled = !may('organization:update')
  const fields = (
    <>
      <Form.Item name="name" label={t('common.name')} initialValue={organization.name} rules={need(t('common.name'))}>
        <Input disabled={disabled} />
      </Form.Item>
      <Form.Item
        name="slug"
        label={t('tenancy.slug')}
        extra={t('tenancy.slugHint')}
        initialValue={organization.slug}
        rules={need(t('tenancy.slug'))}
      >
        <Input disabled={disabled} />
      </Form.Item>
      <Form.Item name="description" label={t('common.description')} initialValue={organization.description ?? ''}>
        <Input.TextArea rows={2} disabled={disabled} />
      </Form.Item>
      <Form.Item name="logoUrl" label={t('settings.logo')} initialValue={organization.logoUrl ?? undefined}>
        <Input type="url" placeholder="https://" disabled={disabled} />
      </Form.Item>
    </>
  )
  return (
    <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('settings.profile')}</h2>}>
      {disabled ? (
        <Form layout="vertical">{fields}</Form>
      ) : (
        <PageForm<Values> action={t('settings.saveProfile')} submit={submit}>
          {fields}
        </PageForm>
      )}
    </Card>
  )
}
