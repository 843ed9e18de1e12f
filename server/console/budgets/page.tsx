import { Badge, Button, Empty, Flex, Input, Tabs, Tag } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import type { AheadFragment, ShownBudgetFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { date, daysUntil } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePager } from '../ui/pager.tsx'
import { BudgetActions } from './actions.tsx'
import { CrossedThresholds } from './alerts.tsx'
import { BudgetBar } from './bar.tsx'
import { Budgets, Forecasts } from './documents.ts'
import { CreditForm } from './credit-form.tsx'
import { BudgetForm } from './form.tsx'
import { useLiveBudgets } from './live.ts'
import { Asks } from './asks.tsx'
import { inTree } from './tree.ts'
import { useBudgetAmount, useBudgetName } from './words.ts'

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Budgets, { after: null })
  void askEarly(slug, Forecasts, { after: null })
}

export default function BudgetsPage() {
  const { t } = useTranslation()
  const { may, mayInSome } = useOrganization()
  const [making, make] = useState<'budget' | 'credit'>()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Budgets, variables: { after } })
  const again = useCallback(() => ask(), [ask])
  const [{ data: expected }] = useQuery({ query: Forecasts, variables: { after } })
  const ahead = useMemo(
    () => new Map(expected?.budgets?.nodes.map(node => [node!.id, node!.forecast ?? undefined])),
    [expected]
  )
  const { states, live } = useLiveBudgets(again)
  const [search, setSearch] = useState('')
  const nameOf = useBudgetName()
  return (
    <Page
      title={t('budgets.title')}
      actions={
        <>
          <Badge status={live ? 'success' : 'warning'} text={live ? t('budgets.live') : t('budgets.notLive')} />
          {mayInSome('budget:update') && (
            <Button type="primary" onClick={() => make('budget')}>
              {t('budgets.create')}
            </Button>
          )}
          {may('budget:update') && <Button onClick={() => make('credit')}>{t('budgets.giveCredit')}</Button>}
        </>
      }
    >
      <Tabs
        tabBarGutter={16}
        items={[
          {
            key: 'all',
            label: t('budgets.title'),
            children: (
              <Loaded of={asked} again={ask}>
                {({ budgets }) => {
                  const all = inTree(budgets!.nodes.map(node => node!))
                  const shown = all.filter(({ budget }) =>
                    nameOf(budget).toLowerCase().includes(search.trim().toLowerCase())
                  )
                  return (
                    <Flex vertical gap={8}>
                      {all.length > 5 && (
                        <Input.Search
                          aria-label={t('budgets.search')}
                          placeholder={t('budgets.search')}
                          allowClear
                          style={{ maxWidth: 320 }}
                          onChange={({ target }) => setSearch(target.value)}
                        />
                      )}
                      {all.length === 0 && <Empty description={t('budgets.empty')} />}
                      <Flex vertical gap={8} role="list">
                        {shown.map(({ budget, depth }) => (
                          <BudgetRow
                            key={budget.id}
                            depth={depth}
                            ahead={ahead.get(budget.id)}
                            budget={{ ...budget, state: states.get(budget.id) ?? budget.state }}
                          />
                        ))}
                      </Flex>
                      {pager(budgets!.pageInfo)}
                    </Flex>
                  )
                }}
              </Loaded>
            )
          },
          { key: 'asks', label: t('budgets.asks'), children: <Asks /> },
          ...(may('budget:read_all')
            ? [{ key: 'alerts', label: t('budgets.alerts'), children: <CrossedThresholds /> }]
            : [])
        ]}
      />
      {making === 'budget' && <BudgetForm onClose={() => make(undefined)} />}
      {making === 'credit' && <CreditForm onClose={() => make(undefined)} />}
    </Page>
  )
}

interface RowProps {
  budget: ShownBudgetFragment
  depth: number
  ahead: AheadFragment | undefined
}

function BudgetRow({ budget, depth, ahead }: RowProps) {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const nameOf = useBudgetName()
  const amountOf = useBudgetAmount()
  const { state } = budget
  const name = nameOf(budget)
  const tags = [
    t(`budgets.levels.${budget.kind === 'credit' ? 'credit' : (budget.level as 'team')}`),
    t(`budgets.periods.${budget.period as 'month'}`),
    ...(budget.unit === 'money' ? [] : [t(`budgets.units.${budget.unit as 'requests'}`)]),
    ...[budget.service, budget.model].filter(part => part != null),
    ...(budget.source === 'plan' ? [t('budgets.ofPlan')] : [])
  ]
  return (
    <Flex
      vertical
      gap={8}
      role="listitem"
      className="row"
      style={{ marginInlineStart: `min(${depth * 24}px, ${depth * 4}vw)` }}
    >
      <Flex justify="space-between" gap={8} align="start">
        <Flex wrap gap={8} align="center" style={{ minWidth: 0 }}>
          <strong>{name}</strong>
          {tags.map(tag => (
            <Tag key={tag}>{tag}</Tag>
          ))}
          {ahead?.runsOutOn && Number(state?.remaining) > 0 && (
            <Tag color="error">{t('budgets.runsOut', { when: date(ahead.runsOutOn, timeZone) })}</Tag>
          )}
          {budget.status === 'paused' && <Tag color="warning">{t('budgets.paused')}</Tag>}
        </Flex>
        <BudgetActions budget={budget} name={name} />
      </Flex>
      {state && (
        <>
          <BudgetBar
            name={name}
            state={state}
            ahead={ahead}
            show={value => amountOf(value, { ...budget, currency: state.currency ?? budget.currency })}
          />
          <span className="quiet">
            {state.resetsAt
              ? `${t('budgets.resets', { when: date(state.resetsAt, timeZone) })} · ${t('budgets.daysLeft', { count: daysUntil(state.resetsAt) })}`
              : t('budgets.noReset')}
          </span>
        </>
      )}
    </Flex>
  )
}
