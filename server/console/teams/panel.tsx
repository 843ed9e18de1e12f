import { App, Button, Card, Flex } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { BudgetBar } from '../budgets/bar.tsx'
import { useBudgetAmount, useBudgetName } from '../budgets/words.ts'
import type { ShownTeamFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { money, percent } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { DeleteTeam, OneTeam } from './documents.ts'
import { TeamForm } from './form.tsx'
import { TeamPeople } from './people.tsx'

const month = 30 * 86_400_000

/** One team: who is in it, its budgets, and what it used. */
export function TeamPanel({ team, teams }: { team: ShownTeamFragment; teams: readonly ShownTeamFragment[] }) {
  const { t } = useTranslation()
  const { may, slug } = useOrganization()
  const act = useAct()
  const { modal } = App.useApp()
  const nameOf = useBudgetName()
  const amountOf = useBudgetAmount()
  const [editing, setEditing] = useState(false)
  const since = useMemo(() => new Date(Date.now() - month).toISOString(), [])
  const [asked, ask] = useQuery({ query: OneTeam, variables: { id: team.id, since } })
  const remove = () =>
    modal.confirm({
      title: t('teams.deleteTitle', { name: team.name }),
      content: t('teams.deleteHint'),
      okText: t('common.delete'),
      okButtonProps: { danger: true },
      onOk: () => act(DeleteTeam, { teamId: team.id }, t('common.done'))
    })
  return (
    <Card
      title={<h2 style={{ margin: 0, fontSize: 16 }}>{team.name}</h2>}
      extra={
        <Flex gap={8}>
          {may('team:update') && <Button onClick={() => setEditing(true)}>{t('common.edit')}</Button>}
          {may('team:delete') && (
            <Button danger onClick={() => void remove()}>
              {t('common.delete')}
            </Button>
          )}
        </Flex>
      }
    >
      {team.description && <p>{team.description}</p>}
      <Loaded of={asked} again={ask}>
        {({ team: shown, usageBreakdown }) => (
          <Flex vertical gap={16}>
            <TeamPeople teamId={team.id} people={shown?.teamMembers.nodes.map(node => node!) ?? []} />
            <section>
              <h3>{t('nav.budgets')}</h3>
              {shown?.budgets.nodes.length === 0 && <p className="quiet">{t('teams.noBudgets')}</p>}
              {shown?.budgets.nodes.map(
                budget =>
                  budget?.state && (
                    <BudgetBar
                      key={budget.id}
                      name={nameOf({ ...budget, team })}
                      state={budget.state}
                      show={value => amountOf(value, { ...budget, currency: budget.state!.currency ?? null })}
                    />
                  )
              )}
            </section>
            <section>
              <h3>{t('teams.usage')}</h3>
              {usageBreakdown?.nodes.length === 0 && <p className="quiet">{t('usage.nothing')}</p>}
              {usageBreakdown?.nodes.map(share => (
                <Flex key={`${share!.label} ${share!.other}`} justify="space-between" className="numbers">
                  <span>{share!.label ?? t('usage.others')}</span>
                  <span>
                    {money(share!.cost, share!.currency)} ({percent(share!.share)})
                  </span>
                </Flex>
              ))}
              <Link to={`/${slug}/usage?teamId=${team.id}&teamId.name=${encodeURIComponent(team.name)}`}>
                {t('teams.allUsage')}
              </Link>
            </section>
          </Flex>
        )}
      </Loaded>
      {editing && <TeamForm team={team} teams={teams} onClose={() => setEditing(false)} />}
    </Card>
  )
}
