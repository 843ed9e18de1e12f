import { Empty, Flex, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { graphql } from '../api/graphql.ts'
import { useOrganization } from '../shell/tenant.ts'
import { DataTable } from '../ui/data-table.tsx'
import { time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePager } from '../ui/pager.tsx'

const AuditEvents = graphql(/* GraphQL */ `
  query AuditEvents($after: Cursor, $filter: AuditEventFilter) {
    auditEvents(first: 50, after: $after, orderBy: [AT_DESC], filter: $filter) {
      nodes {
        id
        at
        action
        details
        requestId
        actorUser {
          name
        }
        actorKey {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, AuditEvents, { after: null })
}

/** Who changed what. What was done keeps the name that the API gives it, which is what people search their logs for. */
export default function AuditPage() {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const [action, setAction] = useState('')
  const { after, pager } = usePager(action)
  const filter = action ? { filter: { action: { equalTo: action } } } : {}
  const [asked, ask] = useQuery({ query: AuditEvents, variables: { after, ...filter } })
  return (
    <Page title={t('nav.audit')}>
      <Flex vertical gap={8}>
        <Input.Search
          aria-label={t('audit.filter')}
          placeholder={t('audit.filter')}
          allowClear
          style={{ maxWidth: 320 }}
          onSearch={text => setAction(text.trim())}
        />
        <Loaded of={asked} again={ask}>
          {({ auditEvents }) =>
            auditEvents!.nodes.length === 0 ? (
              <Empty description={t('audit.empty')} />
            ) : (
              <Flex vertical gap={8}>
                <DataTable
                  label={t('nav.audit')}
                  width={760}
                  rowKey="id"
                  size="small"
                  dataSource={auditEvents!.nodes.map(node => node!)}
                  expandable={{
                    columnTitle: <span className="for-readers">{t('audit.details')}</span>,
                    expandedRowRender: ({ details, requestId }) => (
                      <>
                        <pre className="secret" lang="en" style={{ margin: 0, whiteSpace: 'pre-wrap' }}>
                          {JSON.stringify(details, null, 2)}
                        </pre>
                        {requestId && <span className="quiet">{t('audit.request', { id: requestId })}</span>}
                      </>
                    )
                  }}
                  columns={[
                    { title: t('audit.at'), render: (_, { at }) => time(at, timeZone) },
                    { title: t('audit.action'), render: (_, { action: name }) => <code lang="en">{name}</code> },
                    {
                      title: t('audit.actor'),
                      render: (_, { actorUser, actorKey }) => actorUser?.name ?? actorKey?.name ?? t('audit.platform')
                    }
                  ]}
                />
                {pager(auditEvents!.pageInfo)}
              </Flex>
            )
          }
        </Loaded>
      </Flex>
    </Page>
  )
}
