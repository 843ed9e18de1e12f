import { App, Button, Card, Flex, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { TeamCandidates } from '../teams/documents.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { DeleteOrganization, LeaveOrganization, OfferOwnership } from './documents.ts'

/** What can't be done by mistake. */
export function DangerZone() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const [open, setOpen] = useState<'transfer' | 'leave' | 'delete'>()
  const close = () => setOpen(undefined)
  return (
    <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('settings.danger')}</h2>} className="danger">
      <Flex wrap gap={8}>
        {may('owner:manage') && <Button onClick={() => setOpen('transfer')}>{t('settings.transfer')}</Button>}
        <Button onClick={() => setOpen('leave')}>{t('settings.leave')}</Button>
        {may('organization:delete') && (
          <Button danger onClick={() => setOpen('delete')}>
            {t('settings.delete')}
          </Button>
        )}
      </Flex>
      {open === 'transfer' && <Transfer onClose={close} />}
      {(open === 'leave' || open === 'delete') && <Farewell kind={open} onClose={close} />}
    </Card>
  )
}

function Transfer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { me } = useMine()
  const { message } = App.useApp()
  const mutate = useMutate()
  const [{ data }] = useQuery({ query: TeamCandidates })
  const submit = async ({ userId, thenRole }: { userId: string; thenRole: string }) => {
    await mutate(OfferOwnership, { userId, thenRole })
    void message.success(t('settings.offerMade'))
  }
  const people = data?.members?.nodes.filter(member => member!.userId !== me.id) ?? []
  const roles = (['owner', 'admin', 'member', 'viewer'] as const).map(value => ({
    value,
    label: t(`members.roles.${value}`)
  }))
  const label = t('settings.newOwner')
  return (
    <FormModal<{ userId: string; thenRole: string }>
      open
      title={t('settings.transfer')}
      onClose={onClose}
      submit={submit}
      action={t('settings.offer')}
      initial={{ thenRole: 'admin' }}
    >
      <Form.Item
        name="userId"
        label={label}
        rules={[{ required: true, message: t('common.required', { field: label }) }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map(member => ({ value: member!.userId, label: member!.user?.name ?? '–' }))}
        />
      </Form.Item>
      <Form.Item name="thenRole" label={t('settings.thenRole')}>
        <Select options={roles} />
      </Form.Item>
    </FormModal>
  )
}

/** Leaving and deleting, once its name was typed. */
function Farewell({ kind, onClose }: { kind: 'leave' | 'delete'; onClose: () => void }) {
  const { t } = useTranslation()
  const { name } = useOrganization()
  const { again } = useMine()
  const mutate = useMutate()
  const navigate = useNavigate()
  const submit = async () => {
    await (kind === 'leave' ? mutate(LeaveOrganization, {}) : mutate(DeleteOrganization, {}))
    void navigate('/organizations')
    again()
  }
  return (
    <FormModal<{ typed: string }>
      open
      danger
      title={t(`settings.${kind}`)}
      onClose={onClose}
      submit={submit}
      action={t(`settings.${kind}`)}
    >
      <p>{t(`settings.${kind}Hint`)}</p>
      <Form.Item
        name="typed"
        label={t('settings.typeName', { name })}
        rules={[{ required: true, pattern: exactly(name), message: t('settings.typeName', { name }) }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
    </FormModal>
  )
}

const exactly = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
