import { Alert, Card, Col, Empty, Flex, Row, Statistic } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { graphql } from '../api/graphql.ts'
import { useOrganization } from '../shell/tenant.ts'
import { DataTable } from '../ui/data-table.tsx'
import { number, percent, time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Sparkline } from '../keys/sparkline.tsx'

const Health = graphql(/* GraphQL */ `
  query Health {
    health(minutes: 60) {
      requestsPerSecond
      errorRate
      meanMs
      slowestMs
      jobSuccessRate
      refused
      requests
      failing
    }
    healthMinutes(orderBy: [MINUTE_DESC], first: 60) {
      nodes {
        minute
        requests
      }
    }
    healthIncidents(orderBy: [STARTED_AT_DESC], first: 50) {
      nodes {
        id
        startedAt
        endedAt
        requests
        errors
      }
    }
  }
`)

/** How the organization is served. */
export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Health, {})
}

export default function HealthPage() {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const [asked, ask] = useQuery({ query: Health })
  const title = (text: string) => <h2 style={{ margin: 0, fontSize: 16 }}>{text}</h2>
  const milliseconds = (value: string | number | null | undefined) =>
    value == null ? '–' : t('health.milliseconds', { count: Math.round(Number(value)) })
  return (
    <Page title={t('nav.health')}>
      <Loaded of={asked} again={ask}>
        {({ health, healthMinutes, healthIncidents }) => {
          const shown: [string, string][] = [
            [t('health.perSecond'), number(health!.requestsPerSecond)],
            [t('health.errorRate'), percent(health!.errorRate)],
            [t('health.mean'), milliseconds(health!.meanMs)],
            [t('health.slowest'), milliseconds(health!.slowestMs)],
            [t('health.jobs'), percent(health!.jobSuccessRate)],
            [t('health.refused'), number(health!.refused)]
          ]
          const minutes = lastHour(healthMinutes!.nodes.map(node => node!))
          return (
            <Flex vertical gap={16}>
              {health!.failing ? (
                <Alert type="error" showIcon title={t('health.failing')} />
              ) : (
                <Alert type="success" showIcon title={t('health.fine')} />
              )}
              <Card title={title(t('health.lastHour'))}>
                <Row gutter={[16, 16]}>
                  {shown.map(([name, value]) => (
                    <Col key={name} xs={12} md={8}>
                      <Statistic title={name} formatter={() => value} />
                    </Col>
                  ))}
                </Row>
                <h3>{t('health.minutes')}</h3>
                {minutes.length > 0 ? (
                  <Sparkline values={minutes} label={t('health.minutes')} />
                ) : (
                  <p>{t('health.noMinutes')}</p>
                )}
              </Card>
              <Card title={title(t('health.incidents'))}>
                {healthIncidents!.nodes.length === 0 ? (
                  <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('health.noIncidents')} />
                ) : (
                  <DataTable
                    label={t('health.incidents')}
                    rowKey="id"
                    dataSource={healthIncidents!.nodes.map(node => node!)}
                    columns={[
                      { title: t('health.began'), render: (_, incident) => time(incident.startedAt, timeZone) },
                      {
                        title: t('health.ended'),
                        render: (_, incident) =>
                          incident.endedAt ? time(incident.endedAt, timeZone) : t('health.goingOn')
                      },
                      { title: t('health.requests'), render: (_, incident) => number(incident.requests) },
                      { title: t('health.errors'), render: (_, incident) => number(incident.errors) }
                    ]}
                  />
                )}
              </Card>
            </Flex>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** A figure for each of the last 60 minutes; without a request there is no row. */
function lastHour(rows: { minute: string; requests: number }[]): number[] {
  const now = Math.floor(Date.now() / 60_000)
  const counts = new Map(rows.map(({ minute, requests }) => [Date.parse(minute) / 60_000, requests]))
  return Array.from({ length: 60 }, (_, index) => counts.get(now - 59 + index) ?? 0)
}
