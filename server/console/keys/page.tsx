import { Button, Empty, Flex, Tag } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import type { ShownKeyFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { DataTable } from '../ui/data-table.tsx'
import { date, money, number, time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePager } from '../ui/pager.tsx'
import { KeyActions } from './actions.tsx'
import { Keys } from './documents.ts'
import { KeyForm } from './form.tsx'
import { SecretShown } from './secret.tsx'
import { Sparkline } from './sparkline.tsx'

const days = 14
/** Since midnight of UTC, so that it is the same moment whenever it is asked for. */
const begun = () => new Date(new Date().setUTCHours(0, 0, 0, 0) - days * 86_400_000).toISOString()

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Keys, { since: begun(), after: null })
}

export default function KeysPage() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const { after, pager } = usePager()
  const since = useMemo(begun, [])
  const [asked, ask] = useQuery({ query: Keys, variables: { since, after } })
  const [creating, setCreating] = useState(false)
  const [secret, setSecret] = useState<string>()
  return (
    <Page
      title={t('nav.keys')}
      actions={
        may('key:create') && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('keys.create')}
          </Button>
        )
      }
    >
      <Loaded of={asked} again={ask}>
        {({ orgApiKeys, usageTimeseries }) => (
          <Flex vertical gap={8}>
            <KeysTable
              keys={orgApiKeys!.nodes.map(node => node!)}
              usage={usageTimeseries?.nodes.map(node => node!) ?? []}
              onSecret={setSecret}
            />
            {pager(orgApiKeys!.pageInfo)}
          </Flex>
        )}
      </Loaded>
      {creating && <KeyForm onClose={() => setCreating(false)} onMade={setSecret} />}
      {secret && <SecretShown secret={secret} onClose={() => setSecret(undefined)} />}
    </Page>
  )
}

interface Point {
  apiKeyId?: string | null
  startsAt?: string | null
  requests?: string | null
}

function KeysTable(props: { keys: ShownKeyFragment[]; usage: Point[]; onSecret: (secret: string) => void }) {
  const { keys, usage, onSecret } = props
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const ofKey = (id: string) => usage.filter(({ apiKeyId }) => apiKeyId === id).map(({ requests }) => Number(requests))
  const colors: Record<string, string> = { active: 'success', paused: 'warning', revoked: 'error' }
  if (keys.length === 0) return <Empty description={t('keys.empty')} />
  return (
    <DataTable<ShownKeyFragment>
      label={t('nav.keys')}
      width={1000}
      rowKey="id"
      dataSource={keys}
      columns={[
        {
          title: t('common.name'),
          width: 220,
          render: (_, key) => (
            <Flex vertical>
              <strong>{key.name}</strong>
              <span className="quiet secret">
                {key.keyPrefix}…{key.lastFour}
              </span>
            </Flex>
          )
        },
        {
          title: t('common.status'),
          render: (_, key) => (
            <Flex vertical gap={4} align="start">
              <Tag color={colors[key.status] ?? 'default'}>{t(`keys.statuses.${key.status as 'active'}`)}</Tag>
              {key.overlapUntil && Date.parse(key.overlapUntil) > Date.now() && (
                <span className="quiet">{t('keys.overlapUntil', { when: time(key.overlapUntil, timeZone) })}</span>
              )}
            </Flex>
          )
        },
        { title: t('keys.responsible'), render: (_, key) => key.team?.name ?? key.responsible?.user?.name ?? '–' },
        { title: t('keys.lastDays', { count: days }), render: (_, key) => <Sparkline values={ofKey(key.id)} /> },
        {
          title: t('keys.thisMonth'),
          className: 'numbers',
          render: (_, { usage: used }) => (
            <Flex vertical>
              <span>{money(used?.cost, used?.currency)}</span>
              <span className="quiet">{t('keys.requests', { requests: number(used?.requests) })}</span>
            </Flex>
          )
        },
        {
          title: t('keys.lastUsed'),
          render: (_, key) => (key.lastUsedAt ? time(key.lastUsedAt, timeZone) : t('common.never'))
        },
        {
          title: t('common.expires'),
          render: (_, key) => (key.expiresAt ? date(key.expiresAt, timeZone) : t('common.never'))
        },
        {
          title: <span className="for-readers">{t('common.actions')}</span>,
          width: 56,
          render: (_, key) => <KeyActions apiKey={key} onSecret={onSecret} />
        }
      ]}
    />
  )
}
