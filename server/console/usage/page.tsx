import { Button, Card, Flex } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { useOrganization } from '../shell/tenant.ts'
import { DataTable } from '../ui/data-table.tsx'
import { money } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Page } from '../ui/page.tsx'
import { Refused } from '../ui/refused.tsx'
import { toBars } from './bars.ts'
import type { Bars } from './chart.tsx'
import { Controls } from './controls.tsx'
import { Breakdown, Timeseries } from './documents.ts'
import { questionIn, useQuestion } from './question.ts'
import { useSeries } from './series.ts'
import { Shares } from './shares.tsx'

// What draws it is large, and the figures are there before.
const UsageChart = lazy(() => import('./chart.tsx'))

export const questions: Questions = ({ slug, timeZone }, search) => {
  const { since, until, bucket, group: groupBy, narrowed } = questionIn(search, timeZone)
  void askEarly(slug, Breakdown, { since, until, groupBy, ...narrowed })
  void askEarly(slug, Timeseries, { since, until, bucket, groupBy, ...narrowed, after: null })
}

export default function UsagePage() {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const [question, change] = useQuestion(timeZone)
  const [compare, setCompare] = useState(false)
  const [asTable, setAsTable] = useState(false)
  const { since, until, group, bucket, narrowed } = question
  const [asked, ask] = useQuery({ query: Breakdown, variables: { since, until, groupBy: group, ...narrowed } })
  const { series, refusal } = useSeries(question, compare)
  const bars = useMemo(
    () => series && toBars(series, group, bucket, timeZone, { others: t('usage.others'), none: t('common.none') }),
    [series, group, bucket, timeZone, t]
  )
  return (
    <Page title={t('nav.usage')}>
      <Flex vertical gap={16}>
        <Controls question={question} change={change} compare={compare} onCompare={setCompare} />
        <Card
          title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('usage.overTime')}</h2>}
          extra={
            <Button onClick={() => setAsTable(!asTable)}>
              {asTable ? t('common.showChart') : t('common.showTable')}
            </Button>
          }
        >
          {refusal && <Refused error={refusal} />}
          {!refusal && !bars && <Waiting />}
          {bars && asTable && <BarsTable bars={bars} />}
          {bars && !asTable && (
            <Suspense fallback={<Waiting later />}>
              <UsageChart bars={bars} label={inWords(bars)} />
            </Suspense>
          )}
        </Card>
        <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('usage.breakdown')}</h2>}>
          <Loaded of={asked} again={ask}>
            {({ usageBreakdown }) => (
              <Shares shares={usageBreakdown!.nodes.map(node => node!)} question={question} change={change} />
            )}
          </Loaded>
        </Card>
      </Flex>
    </Page>
  )

  /** The chart for whoever does not see it. */
  function inWords({ series: rows, currency }: Bars): string {
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
    const parts = rows.map(({ name, values }) => `${name}: ${money(sum(values), currency)}`)
    return t('usage.chart', { from: question.from, to: question.to, parts: parts.join('; ') })
  }
}

function BarsTable({ bars }: { bars: Bars }) {
  const { t } = useTranslation()
  const { buckets, series, earlier, currency } = bars
  return (
    <DataTable
      label={t('usage.overTime')}
      width={200 + series.length * 120}
      size="small"
      rowKey="name"
      dataSource={buckets.map((name, index) => ({ name, index }))}
      columns={[
        { title: t('usage.time'), dataIndex: 'name' },
        ...series.map(({ name, values }) => ({
          title: name,
          className: 'numbers',
          align: 'end' as const,
          render: (_: unknown, { index }: { index: number }) => money(values[index], currency)
        })),
        ...(earlier
          ? [
              {
                title: t('usage.before'),
                className: 'numbers',
                align: 'end' as const,
                render: (_: unknown, { index }: { index: number }) => money(earlier[index], currency)
              }
            ]
          : [])
      ]}
    />
  )
}
