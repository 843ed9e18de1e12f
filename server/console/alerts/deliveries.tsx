import { Button, Empty, Flex, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import type { ShownDeliveryFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { DataTable } from '../ui/data-table.tsx'
import { number, time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { usePager } from '../ui/pager.tsx'
import { Deliveries } from './documents.ts'
import { ResendDelivery } from './verbs.ts'
import { useHappened, useNameOf } from './words.ts'

const colors: Record<string, string> = { delivered: 'success', failed: 'error', skipped: 'warning' }

/** What was sent where, and what came of it. */
export function AlertDeliveries() {
  const { t } = useTranslation()
  const { may, timeZone } = useOrganization()
  const act = useAct()
  const happened = useHappened()
  const named = useNameOf()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Deliveries, variables: { after } })
  return (
    <Loaded of={asked} again={ask}>
      {({ alertDeliveries }) =>
        alertDeliveries!.nodes.length === 0 ? (
          <Empty description={t('alerts.noDeliveries')} />
        ) : (
          <Flex vertical gap={8}>
            <DataTable<ShownDeliveryFragment>
              label={t('alerts.deliveries')}
              width={860}
              rowKey="id"
              dataSource={alertDeliveries!.nodes.map(node => node!)}
              columns={[
                {
                  title: t('alerts.event'),
                  width: 300,
                  render: (_, { organizationEvent: event, createdAt }) => (
                    <Flex vertical>
                      <span>{event ? happened(event) : '–'}</span>
                      <span className="quiet">{time(createdAt, timeZone)}</span>
                    </Flex>
                  )
                },
                {
                  title: t('alerts.to'),
                  render: (_, { organizationChannel: channel, user }) =>
                    user?.name ?? (channel ? named(channel.name) : '–')
                },
                {
                  title: t('common.status'),
                  render: (_, { status, problem, responseStatus }) => (
                    <Flex vertical gap={4} align="start">
                      <Tag color={colors[status] ?? 'default'}>{t(`alerts.statuses.${status as 'failed'}`)}</Tag>
                      {(problem ?? responseStatus) != null && (
                        <span className="quiet" lang="en">
                          {[responseStatus, problem].filter(part => part != null).join(' ')}
                        </span>
                      )}
                    </Flex>
                  )
                },
                {
                  title: t('alerts.tried'),
                  render: (_, { attempts, attemptedAt }) =>
                    attempts === 0 || !attemptedAt
                      ? t('alerts.notTried')
                      : t('alerts.attempts', {
                          count: attempts,
                          number: number(attempts),
                          when: time(attemptedAt, timeZone)
                        })
                },
                ...(may('alert:manage')
                  ? [
                      {
                        title: <span className="for-readers">{t('common.actions')}</span>,
                        width: 130,
                        render: (_: unknown, { id, organizationChannel: channel }: ShownDeliveryFragment) =>
                          channel?.status === 'active' && (
                            <Button onClick={() => void act(ResendDelivery, { deliveryId: id }, t('alerts.sentAgain'))}>
                              {t('alerts.resend')}
                            </Button>
                          )
                      }
                    ]
                  : [])
              ]}
            />
            {pager(alertDeliveries!.pageInfo)}
          </Flex>
        )
      }
    </Loaded>
  )
}
