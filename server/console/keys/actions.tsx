import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownKeyFragment } from '../generated/graphql'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useAct, useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { EditKey } from './edit.tsx'
import { PauseKey, ResumeKey, RevokeKey, RotateKey } from './documents.ts'

/** What can be done to one key, by whoever answers for it or may for all. */
export function KeyActions({ apiKey, onSecret }: { apiKey: ShownKeyFragment; onSecret: (secret: string) => void }) {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const { me } = useMine()
  const act = useAct()
  const { modal } = App.useApp()
  const [open, setOpen] = useState<'edit' | 'rotate'>()
  const close = () => setOpen(undefined)
  const { id: keyId, name, status, responsibleId } = apiKey
  const isMine = responsibleId === me.id && may('key:create')
  const isOpen = status === 'active' || status === 'paused'
  const revoke = () =>
    modal.confirm({
      title: t('keys.revokeTitle', { name }),
      content: t('keys.revokeHint'),
      okText: t('keys.revoke'),
      okButtonProps: { danger: true },
      onOk: () => act(RevokeKey, { keyId }, t('keys.revoked'))
    })
  const changes = isOpen && (isMine || may('key:update_all'))
  const items = [
    ...(changes
      ? [
          { key: 'edit', label: t('common.edit'), onClick: () => setOpen('edit') },
          { key: 'rotate', label: t('keys.rotate'), onClick: () => setOpen('rotate') }
        ]
      : []),
    ...(changes
      ? [
          status === 'paused'
            ? {
                key: 'resume',
                label: t('keys.resume'),
                onClick: () => void act(ResumeKey, { keyId }, t('common.done'))
              }
            : { key: 'pause', label: t('keys.pause'), onClick: () => void act(PauseKey, { keyId }, t('common.done')) }
        ]
      : []),
    ...(isOpen && (isMine || may('key:revoke_all'))
      ? [{ key: 'revoke', danger: true, label: t('keys.revoke'), onClick: () => void revoke() }]
      : [])
  ]
  if (items.length === 0) return null
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('common.actionsFor', { name })} />
      </Dropdown>
      {open === 'edit' && <EditKey apiKey={apiKey} onClose={close} />}
      {open === 'rotate' && <RotateForm apiKey={apiKey} onClose={close} onSecret={onSecret} />}
    </>
  )
}

const overlaps = { none: 0, hour: 3600, day: 86_400, week: 604_800 }

function RotateForm(props: { apiKey: ShownKeyFragment; onClose: () => void; onSecret: (secret: string) => void }) {
  const { apiKey, onClose, onSecret } = props
  const { t } = useTranslation()
  const mutate = useMutate()
  const submit = async ({ overlapSeconds }: { overlapSeconds: number }) => {
    const { rotateApiKey } = await mutate(RotateKey, { keyId: apiKey.id, overlapSeconds })
    onSecret(rotateApiKey!.result!.key!)
  }
  const options = Object.entries(overlaps).map(([name, value]) => ({
    value,
    label: t(`keys.overlaps.${name as keyof typeof overlaps}`)
  }))
  return (
    <FormModal<{ overlapSeconds: number }>
      open
      title={t('keys.rotateTitle', { name: apiKey.name })}
      onClose={onClose}
      submit={submit}
      action={t('keys.rotate')}
      initial={{ overlapSeconds: overlaps.day }}
    >
      <Form.Item name="overlapSeconds" label={t('keys.overlap')}>
        <Select options={options} />
      </Form.Item>
    </FormModal>
  )
}
