import { Button, Empty, Flex, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { usePager } from '../ui/pager.tsx'
import { Events } from './documents.ts'
import { Acknowledge } from './verbs.ts'
import { useHappened, useNameOf } from './words.ts'

/** What happened, and who takes it on. */
export function AlertEvents() {
  const { t } = useTranslation()
  const { may, timeZone } = useOrganization()
  const act = useAct()
  const happened = useHappened()
  const named = useNameOf()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Events, variables: { after } })
  return (
    <Loaded of={asked} again={ask}>
      {({ alertEvents }) => (
        <Flex vertical gap={8}>
          <Flex vertical gap={8} role="list" aria-label={t('alerts.events')}>
            {alertEvents!.nodes.length === 0 && <Empty description={t('alerts.noEvents')} />}
            {alertEvents!.nodes.map(node => {
              const alert = node!
              const { id, muted, createdAt, acknowledgedAt, userByAcknowledgedBy: by, organizationRule: rule } = alert
              const words = happened(alert)
              return (
                <Flex key={id} role="listitem" wrap justify="space-between" gap={8} align="center" className="row">
                  <Flex vertical style={{ minWidth: 0 }}>
                    <strong>{words}</strong>
                    <span className="quiet">
                      {time(createdAt, timeZone)} · {rule ? named(rule.name) : '–'}
                    </span>
                  </Flex>
                  <Flex wrap gap={8} align="center">
                    {muted && <Tag color="warning">{t('alerts.muted')}</Tag>}
                    {acknowledgedAt ? (
                      <Tag color="success">
                        {t('alerts.takenOn', { name: by?.name ?? '–', when: time(acknowledgedAt, timeZone) })}
                      </Tag>
                    ) : (
                      may('alert:manage') && (
                        <Button
                          aria-label={`${t('alerts.takeOn')}: ${words}`}
                          onClick={() => void act(Acknowledge, { alertId: id }, t('common.done'))}
                        >
                          {t('alerts.takeOn')}
                        </Button>
                      )
                    )}
                  </Flex>
                </Flex>
              )
            })}
          </Flex>
          {pager(alertEvents!.pageInfo)}
        </Flex>
      )}
    </Loaded>
  )
}
