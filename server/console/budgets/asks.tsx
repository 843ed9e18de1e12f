import { Button, Empty, Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { usePager } from '../ui/pager.tsx'
import { DecideRaise, Raises } from './raises.ts'
import { useBudgetAmount, useBudgetName } from './words.ts'

/** The inbox: who asks for more, and what is decided about it. */
export function Asks() {
  const { t } = useTranslation()
  const { mayInTeam, timeZone } = useOrganization()
  const act = useAct()
  const nameOf = useBudgetName()
  const amountOf = useBudgetAmount()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Raises, variables: { after } })
  const decide = (raiseId: string, approve: boolean) =>
    void act(DecideRaise, { raiseId, approve }, t('budgets.decided'))
  return (
    <Loaded of={asked} again={ask}>
      {({ budgetRaises }) => (
        <Flex vertical gap={8}>
          <Flex vertical gap={8} role="list">
            {budgetRaises!.nodes.length === 0 && <Empty description={t('budgets.noAsks')} />}
            {budgetRaises!.nodes.map(raise => {
              const { id, budget, amount, reason, createdAt, expiresAt, userByRequestedBy: by } = raise!
              const currency = budget?.state?.currency ?? budget?.currency ?? null
              return (
                <Flex key={id} role="listitem" wrap justify="space-between" gap={8} align="center" className="row">
                  <Flex vertical>
                    <strong>
                      {budget
                        && t('budgets.more', {
                          amount: amountOf(amount, { ...budget, currency }),
                          name: nameOf(budget)
                        })}
                    </strong>
                    {reason && <span>{reason}</span>}
                    <span className="quiet">
                      {t('budgets.askedBy')} {by?.name ?? '–'}, {time(createdAt, timeZone)},{' '}
                      {t('budgets.until', { when: time(expiresAt, timeZone) })}
                    </span>
                  </Flex>
                  {mayInTeam('budget:update', budget?.teamId ?? budget?.apiKey?.teamId) && (
                    <Flex gap={8}>
                      <Button type="primary" onClick={() => decide(id, true)}>
                        {t('budgets.approve')}
                      </Button>
                      <Button onClick={() => decide(id, false)}>{t('budgets.refuse')}</Button>
                    </Flex>
                  )}
                </Flex>
              )
            })}
          </Flex>
          {pager(budgetRaises!.pageInfo)}
        </Flex>
      )}
    </Loaded>
  )
}
