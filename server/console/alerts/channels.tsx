import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Empty, Flex, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import type { ShownChannelFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { ChannelForm } from './channel-form.tsx'
import { Channels } from './documents.ts'
import { SigningSecret } from './secret.tsx'
import { DeleteChannel, EnableChannel, RotateSecret } from './verbs.ts'
import { useNameOf } from './words.ts'

/** The ways that alerts go. */
export function AlertChannels() {
  const { t } = useTranslation()
  const { may, timeZone } = useOrganization()
  const [asked, ask] = useQuery({ query: Channels })
  const named = useNameOf()
  const [creating, setCreating] = useState(false)
  const [secret, setSecret] = useState<string>()
  const target = ({ kind, host, organizationUser, digest }: ShownChannelFragment) =>
    [
      kind === 'email' ? (organizationUser?.user?.name ?? t('alerts.whomItConcerns')) : host,
      ...(digest ? [t('alerts.digest')] : [])
    ].join(' · ')
  return (
    <Loaded of={asked} again={ask}>
      {({ alertChannels }) => (
        <Flex vertical gap={12}>
          {may('alert:manage') && (
            <Button type="primary" style={{ alignSelf: 'start' }} onClick={() => setCreating(true)}>
              {t('alerts.newChannel')}
            </Button>
          )}
          {alertChannels!.nodes.length === 0 && <Empty description={t('alerts.noChannels')} />}
          <Flex vertical gap={8} role="list" aria-label={t('alerts.channels')}>
            {alertChannels!.nodes.map(node => {
              const channel = node!
              return (
                <Flex key={channel.id} role="listitem" justify="space-between" gap={8} align="start" className="row">
                  <Flex vertical gap={4} style={{ minWidth: 0 }}>
                    <Flex wrap gap={8} align="center">
                      <strong>{named(channel.name)}</strong>
                      <Tag>{t(`alerts.ways.${channel.kind as 'email'}`)}</Tag>
                      {channel.status === 'disabled' && <Tag color="error">{t('alerts.disabled')}</Tag>}
                      {channel.status === 'active' && channel.failingSince && (
                        <Tag color="warning">
                          {t('alerts.failingSince', { when: time(channel.failingSince, timeZone) })}
                        </Tag>
                      )}
                    </Flex>
                    <span className="quiet">{target(channel)}</span>
                  </Flex>
                  {may('alert:manage') && <ChannelActions channel={channel} onSecret={setSecret} />}
                </Flex>
              )
            })}
          </Flex>
          {creating && <ChannelForm onClose={() => setCreating(false)} onSecret={setSecret} />}
          {secret && <SigningSecret secret={secret} onClose={() => setSecret(undefined)} />}
        </Flex>
      )}
    </Loaded>
  )
}

function ChannelActions(props: { channel: ShownChannelFragment; onSecret: (secret: string) => void }) {
  const { channel, onSecret } = props
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const act = useAct()
  const [editing, setEditing] = useState(false)
  const named = useNameOf()
  const { id: channelId, kind, status } = channel
  const name = named(channel.name)
  const confirm = (title: string, content: string, okText: string, onOk: () => Promise<unknown>) =>
    void modal.confirm({ title, content, okText, okButtonProps: { danger: true }, onOk })
  const rotate = async () => {
    const answer = await act(RotateSecret, { channelId })
    const made = answer?.rotateAlertChannelSecret?.result?.secret
    if (made) onSecret(made)
  }
  const remove = () => act(DeleteChannel, { channelId }, t('common.done'))
  const items = [
    { key: 'edit', label: t('common.edit'), onClick: () => setEditing(true) },
    ...(status === 'disabled'
      ? [
          {
            key: 'enable',
            label: t('alerts.enable'),
            onClick: () => void act(EnableChannel, { channelId }, t('common.done'))
          }
        ]
      : []),
    ...(kind === 'webhook'
      ? [
          {
            key: 'rotate',
            label: t('alerts.rotate'),
            onClick: () =>
              confirm(t('alerts.rotateTitle', { name }), t('alerts.rotateHint'), t('alerts.rotate'), rotate)
          }
        ]
      : []),
    {
      key: 'delete',
      danger: true,
      label: t('common.delete'),
      onClick: () =>
        confirm(t('alerts.deleteChannel', { name }), t('alerts.deleteChannelHint'), t('common.delete'), remove)
    }
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('common.actionsFor', { name })} />
      </Dropdown>
      {editing && <ChannelForm channel={channel} onClose={() => setEditing(false)} onSecret={onSecret} />}
    </>
  )
}
