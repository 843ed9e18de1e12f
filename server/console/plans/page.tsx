import { App, Button, Card, Flex, Progress, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { graphql } from '../api/graphql.ts'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { bytes, date, money, number } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'

const Quota = graphql(/* GraphQL */ `
  query Quota {
    quota {
      nodes {
        resource
        limitAmount
        used
        remaining
        over
        resetsAt
      }
    }
    plans(orderBy: [PRIMARY_KEY_ASC]) {
      nodes {
        name
        rank
        price
        currency
        seats
        teams
        apiKeys
        apiCalls
        storageBytes
      }
    }
  }
`)
const ChangePlan = graphql(/* GraphQL */ `
  mutation ChangePlan($plan: String!) {
    changePlan(input: { plan: $plan }) {
      result {
        plan
      }
    }
  }
`)

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Quota, {})
}

export default function PlanPage() {
  const { t } = useTranslation()
  const { may, plan, timeZone } = useOrganization()
  const { again } = useMine()
  const { modal } = App.useApp()
  const act = useAct()
  const [asked, ask] = useQuery({ query: Quota })
  const planName = (name: string) => t(`tenancy.plans.${name as 'free'}`, { defaultValue: name })
  const show = (resource: string, value: string | null | undefined) =>
    value == null ? t('plans.unlimited') : resource === 'storage' ? bytes(value) : number(value)
  const change = (name: string) =>
    modal.confirm({
      title: t('plans.changeTitle', { plan: planName(name) }),
      content: t('plans.changeHint'),
      okText: t('plans.change'),
      onOk: async () => {
        if (await act(ChangePlan, { plan: name }, t('common.done'))) again()
      }
    })
  return (
    <Page title={t('nav.plan')}>
      <Loaded of={asked} again={ask}>
        {({ quota, plans }) => (
          <Flex vertical gap={16}>
            <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('plans.used', { plan: planName(plan) })}</h2>}>
              <Flex vertical gap={16}>
                {quota!.nodes.map(line => {
                  const { resource, limitAmount, used, over, resetsAt } = line!
                  const part = limitAmount && Number(limitAmount) > 0 ? (Number(used) / Number(limitAmount)) * 100 : 0
                  const name = t(`plans.resources.${resource as 'seats'}`)
                  return (
                    <div key={resource}>
                      <Flex wrap justify="space-between" gap={8} className="numbers">
                        <strong>{name}</strong>
                        <span>
                          {show(resource!, used)} / {show(resource!, limitAmount)}
                          {Number(over) > 0 && (
                            <Tag color="error" style={{ marginInlineStart: 8 }}>
                              {t('plans.over', { amount: show(resource!, over) })}
                            </Tag>
                          )}
                        </span>
                      </Flex>
                      <Progress
                        aria-label={name}
                        percent={Math.min(100, Math.round(part))}
                        showInfo={false}
                        status={part >= 100 ? 'exception' : 'normal'}
                      />
                      {resetsAt && (
                        <span className="quiet">{t('budgets.resets', { when: date(resetsAt, timeZone) })}</span>
                      )}
                    </div>
                  )
                })}
              </Flex>
            </Card>
            <Flex wrap gap={16}>
              {[...plans!.nodes]
                .sort((one, other) => one!.rank - other!.rank)
                .map(node => {
                  const { name, price, currency, seats, teams, apiKeys, apiCalls, storageBytes } = node!
                  const lines = { seats, storage: storageBytes, api_calls: apiCalls, teams, api_keys: apiKeys }
                  return (
                    <Card
                      key={name}
                      style={{ flex: '1 1 220px' }}
                      title={<h2 style={{ margin: 0, fontSize: 16 }}>{planName(name)}</h2>}
                      extra={name === plan && <Tag color="processing">{t('plans.yours')}</Tag>}
                    >
                      <Flex vertical gap={4}>
                        <strong>
                          {price == null ? t('plans.agreed') : t('plans.aMonth', { price: money(price, currency) })}
                        </strong>
                        {Object.entries(lines).map(([resource, value]) => (
                          <span key={resource}>
                            {t(`plans.resources.${resource as 'seats'}`)}: {show(resource, value)}
                          </span>
                        ))}
                        {may('billing:update') && name !== plan && (
                          <Button
                            style={{ marginTop: 8 }}
                            aria-label={`${t('plans.change')}: ${planName(name)}`}
                            onClick={() => void change(name)}
                          >
                            {t('plans.change')}
                          </Button>
                        )}
                      </Flex>
                    </Card>
                  )
                })}
            </Flex>
          </Flex>
        )}
      </Loaded>
    </Page>
  )
}
