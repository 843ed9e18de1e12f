import { Button, Empty, Flex } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { keepFile } from '../api/file.ts'
import { graphql } from '../api/graphql.ts'
import { asRefusal } from '../api/refusal.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useTell } from '../ui/act.ts'
import { DataTable } from '../ui/data-table.tsx'
import { date, money, month } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePager } from '../ui/pager.tsx'

const Statements = graphql(/* GraphQL */ `
  query Statements($after: Cursor) {
    statements(first: 24, after: $after, orderBy: [NUMBER_DESC]) {
      nodes {
        id
        number
        startsAt
        currency
        amount
        adjustments
        total
        closedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Statements, { after: null })
}

/** What each month cost, as it was closed, and as a file. */
export default function StatementsPage() {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Statements, variables: { after } })
  return (
    <Page title={t('nav.statements')}>
      <p className="quiet">{t('statements.hint')}</p>
      <Loaded of={asked} again={ask}>
        {({ statements }) =>
          statements!.nodes.length === 0 ? (
            <Empty description={t('statements.empty')} />
          ) : (
            <Flex vertical gap={8}>
              <DataTable
                label={t('nav.statements')}
                width={820}
                rowKey="id"
                dataSource={statements!.nodes.map(node => node!)}
                columns={[
                  { title: t('statements.number'), dataIndex: 'number' },
                  { title: t('statements.month'), render: (_, { startsAt }) => month(startsAt, timeZone) },
                  ...(['amount', 'adjustments', 'total'] as const).map(part => ({
                    title: t(`statements.${part}`),
                    className: 'numbers',
                    align: 'end' as const,
                    render: (_: unknown, row: Record<typeof part | 'currency', string>) =>
                      money(row[part], row.currency)
                  })),
                  { title: t('statements.closed'), render: (_, { closedAt }) => date(closedAt, timeZone) },
                  {
                    title: <span className="for-readers">{t('common.actions')}</span>,
                    render: (_, { number }) => <File number={number} />
                  }
                ]}
              />
              {pager(statements!.pageInfo)}
            </Flex>
          )
        }
      </Loaded>
    </Page>
  )
}

function File({ number }: { number: number }) {
  const { t } = useTranslation()
  const { slug } = useOrganization()
  const tell = useTell()
  const [making, setMaking] = useState<string>()
  const make = async (format: string) => {
    setMaking(format)
    try {
      await keepFile(
        `${slug}-statement-${number}.${format}`,
        `/v1/exports/statement?number=${number}&format=${format}`,
        slug
      )
    } catch (error) {
      tell(asRefusal(error))
    } finally {
      setMaking(undefined)
    }
  }
  return (
    <Flex gap={8}>
      {['csv', 'xlsx'].map(format => (
        <Button
          key={format}
          size="small"
          aria-label={`${t('usage.download', { format: format.toUpperCase() })}: ${number}`}
          loading={making === format}
          onClick={() => void make(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Flex>
  )
}
