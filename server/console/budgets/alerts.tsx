import { Empty, Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { graphql } from '../api/graphql.ts'
import { useOrganization } from '../shell/tenant.ts'
import { DataTable } from '../ui/data-table.tsx'
import { percent, time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { usePager } from '../ui/pager.tsx'
import { useBudgetAmount, useBudgetName } from './words.ts'

const Alerts = graphql(/* GraphQL */ `
  query Alerts($after: Cursor) {
    budgetAlerts(first: 50, after: $after, orderBy: [CREATED_AT_DESC]) {
      nodes {
        id
        threshold
        settled
        limitAmount
        createdAt
        period {
          currency
          budget {
            level
            name
            unit
            team {
              name
            }
            user {
              name
            }
            apiKey {
              name
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** Which thresholds were crossed, and when. */
export function CrossedThresholds() {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const nameOf = useBudgetName()
  const amountOf = useBudgetAmount()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Alerts, variables: { after } })
  return (
    <Loaded of={asked} again={ask}>
      {({ budgetAlerts }) =>
        budgetAlerts!.nodes.length === 0 ? (
          <Empty description={t('budgets.noAlerts')} />
        ) : (
          <Flex vertical gap={8}>
            <DataTable
              label={t('budgets.alerts')}
              rowKey="id"
              dataSource={budgetAlerts!.nodes.map(node => node!)}
              columns={[
                { title: t('budgets.when'), render: (_, alert) => time(alert.createdAt, timeZone) },
                {
                  title: t('budgets.title'),
                  render: (_, { period }) => (period?.budget ? nameOf(period.budget) : '–')
                },
                { title: t('budgets.threshold'), render: (_, alert) => percent(alert.threshold / 100) },
                {
                  title: t('budgets.used'),
                  className: 'numbers',
                  render: (_, { settled, limitAmount, period }) => {
                    const budget = { level: '', unit: 'money', ...period?.budget, currency: period?.currency ?? null }
                    return t('budgets.ofLimit', {
                      used: amountOf(settled, budget),
                      limit: amountOf(limitAmount, budget)
                    })
                  }
                }
              ]}
            />
            {pager(budgetAlerts!.pageInfo)}
          </Flex>
        )
      }
    </Loaded>
  )
}
