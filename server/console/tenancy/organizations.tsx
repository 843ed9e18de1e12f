import { Avatar, Button, Empty, Flex, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../api/graphql.ts'
import { enter } from '../session/accept.tsx'
import { useMine } from '../shell/me.ts'
import { useAct, useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { time } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'

const CreateOrganization = graphql(/* GraphQL */ `
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    createOrganization(input: $input) {
      result {
        slug
      }
    }
  }
`)

const DeletedOrganizations = graphql(/* GraphQL */ `
  query DeletedOrganizations {
    deletedOrganizations(first: 100) {
      nodes {
        id
        name
        purgeAt
      }
    }
  }
`)
const RestoreOrganization = graphql(/* GraphQL */ `
  mutation RestoreOrganization($organizationId: UUID!) {
    restoreOrganization(input: { organizationId: $organizationId }) {
      result {
        id
      }
    }
  }
`)

export default function Organizations() {
  const { t } = useTranslation()
  const { organizations } = useMine()
  const [open, setOpen] = useState<'create' | 'join'>()
  return (
    <Page
      title={t('common.organizations')}
      actions={
        <>
          <Button onClick={() => setOpen('join')}>{t('session.joinTitle')}</Button>
          <Button type="primary" onClick={() => setOpen('create')}>
            {t('common.newOrganization')}
          </Button>
        </>
      }
    >
      {organizations.length === 0 && <Empty description={t('tenancy.none')} />}
      <Flex vertical gap={8} role="list">
        {organizations.map(({ id, slug, name, logoUrl, plan, status, description }) => (
          <Flex key={id} role="listitem" gap={12} align="center" className="row">
            <Avatar shape="square" src={logoUrl ?? undefined} alt="" style={{ background: '#1552b0', flex: 'none' }}>
              {name.slice(0, 1).toUpperCase()}
            </Avatar>
            <Flex vertical style={{ minWidth: 0, flex: 1 }}>
              <Link to={`/${slug}`}>{name}</Link>
              <span className="quiet">{description || slug}</span>
            </Flex>
            {status !== 'active' && <Tag color="error">{t(`tenancy.statuses.${status as 'suspended'}`)}</Tag>}
            <Tag>{t(`tenancy.plans.${plan as 'free'}`, { defaultValue: plan })}</Tag>
          </Flex>
        ))}
      </Flex>
      <Deleted />
      <Create open={open === 'create'} onClose={() => setOpen(undefined)} />
      <Join open={open === 'join'} onClose={() => setOpen(undefined)} />
    </Page>
  )
}

/** What its owners can still have back. */
function Deleted() {
  const { t } = useTranslation()
  const act = useAct()
  const [{ data }] = useQuery({ query: DeletedOrganizations })
  const deleted = data?.deletedOrganizations?.nodes ?? []
  if (deleted.length === 0) return null
  return (
    <>
      <h2 style={{ fontSize: 16 }}>{t('tenancy.deleted')}</h2>
      <Flex vertical gap={8} role="list">
        {deleted.map(organization => (
          <Flex key={organization!.id} role="listitem" className="row" justify="space-between" align="center" gap={12}>
            <span>
              {organization!.name}{' '}
              <span className="quiet">{t('budgets.until', { when: time(organization!.purgeAt) })}</span>
            </span>
            <Button
              aria-label={`${t('tenancy.restore')}: ${organization!.name}`}
              onClick={() => void act(RestoreOrganization, { organizationId: organization!.id }, t('common.done'))}
            >
              {t('tenancy.restore')}
            </Button>
          </Flex>
        ))}
      </Flex>
    </>
  )
}

function Create({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { again } = useMine()
  const mutate = useMutate()
  const navigate = useNavigate()
  const submit = async (input: { name: string; slug: string; description?: string }) => {
    const { createOrganization } = await mutate(CreateOrganization, { input })
    again()
    void navigate(`/${createOrganization!.result!.slug}`)
  }
  const need = (field: string) => [{ required: true, message: t('common.required', { field }) }]
  return (
    <FormModal<{ name: string; slug: string; description?: string }>
      title={t('common.newOrganization')}
      open={open}
      onClose={onClose}
      submit={submit}
      action={t('common.create')}
    >
      {form => (
        <>
          <Form.Item name="name" label={t('common.name')} rules={need(t('common.name'))}>
            <Input
              onChange={({ target }) => {
                if (!form.isFieldTouched('slug')) form.setFieldValue('slug', slugOf(target.value))
              }}
            />
          </Form.Item>
          <Form.Item
            name="slug"
            label={t('tenancy.slug')}
            extra={t('tenancy.slugHint')}
            rules={need(t('tenancy.slug'))}
          >
            <Input autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="description" label={t('common.description')}>
            <Input.TextArea rows={2} />
          </Form.Item>
        </>
      )}
    </FormModal>
  )
}

/** A suggestion; whether it is one, the server says. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')

function Join({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { again } = useMine()
  const submit = async ({ token }: { token: string }) => {
    await enter({ token: token.trim() })
    again()
  }
  return (
    <FormModal<{ token: string }>
      title={t('session.joinTitle')}
      open={open}
      onClose={onClose}
      submit={submit}
      action={t('session.join')}
    >
      <Form.Item
        name="token"
        label={t('session.joinCode')}
        rules={[{ required: true, message: t('common.required', { field: t('session.joinCode') }) }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
    </FormModal>
  )
}
