import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import type { ShownChannelFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { Recipients } from './documents.ts'
import { CreateChannel, UpdateChannel } from './verbs.ts'

const ways = ['email', 'webhook', 'slack'] as const

interface Values {
  kind: (typeof ways)[number]
  name: string
  url?: string
  userId?: string
  digest?: boolean
}

/** Makes a channel, or changes one. Where a webhook goes is written anew: its address is not shown. */
export function ChannelForm(props: {
  channel?: ShownChannelFragment
  onClose: () => void
  onSecret: (secret: string) => void
}) {
  const { channel, onClose, onSecret } = props
  const { t } = useTranslation()
  const mutate = useMutate()
  const submit = async ({ kind, name, url, userId, digest }: Values) => {
    const mail = kind === 'email' && { digest: digest ?? false }
    if (channel) {
      await mutate(UpdateChannel, { input: { channelId: channel.id, name, ...(url && { url }), ...mail } })
      return
    }
    const input = { kind, name, ...(url && { url }), ...(userId && { userId }), ...mail }
    const { createAlertChannel } = await mutate(CreateChannel, { input })
    const secret = createAlertChannel?.result?.secret
    if (secret) onSecret(secret)
  }
  const needed = (field: string) => [{ required: true, message: t('common.required', { field }) }]
  return (
    <FormModal<Values>
      open
      title={channel ? t('alerts.editChannel') : t('alerts.newChannel')}
      onClose={onClose}
      submit={submit}
      action={channel ? t('common.save') : t('common.create')}
      initial={
        channel
          ? { kind: channel.kind as 'email', name: channel.name, digest: channel.digest }
          : { kind: 'email', digest: false }
      }
    >
      <Form.Item name="kind" label={t('alerts.way')} required>
        <Select
          disabled={channel !== undefined}
          options={ways.map(value => ({ value, label: t(`alerts.ways.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="name" label={t('common.name')} rules={needed(t('common.name'))}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.kind !== after.kind}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'email' ? (
            <>
              {!channel && <Recipient />}
              <Form.Item name="digest" valuePropName="checked">
                <Checkbox>{t('alerts.digestHint')}</Checkbox>
              </Form.Item>
            </>
          ) : (
            <Form.Item
              name="url"
              label={t('alerts.url')}
              extra={channel ? t('alerts.urlStays') : t('alerts.urlHint')}
              rules={channel ? [] : needed(t('alerts.url'))}
            >
              <Input type="url" autoComplete="off" placeholder="https://" />
            </Form.Item>
          )
        }
      </Form.Item>
    </FormModal>
  )
}

function Recipient() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const [{ data, fetching }] = useQuery({ query: Recipients, pause: !may('member:read') })
  const members = data?.members?.nodes ?? []
  return (
    <Form.Item name="userId" label={t('alerts.recipient')}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        loading={fetching}
        placeholder={t('alerts.whomItConcerns')}
        options={members.map(member => ({ value: member!.userId, label: member!.user?.name ?? '–' }))}
      />
    </Form.Item>
  )
}
