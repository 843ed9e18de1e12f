import { Button, Flex, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { PutInTeam, TakeOutOfTeam, TeamCandidates } from './documents.ts'

interface Person {
  userId: string
  role: string
  member?: { user?: { name: string } | null } | null
}

/** Who is in a team and as what; whoever may decides about it. */
export function TeamPeople({ teamId, people }: { teamId: string; people: Person[] }) {
  const { t } = useTranslation()
  const { mayInTeam } = useOrganization()
  const act = useAct()
  const decides = mayInTeam('team_member:update', teamId)
  const [{ data }] = useQuery({ query: TeamCandidates, pause: !decides })
  const inside = new Set(people.map(({ userId }) => userId))
  const candidates = data?.members?.nodes.filter(member => !inside.has(member!.userId)) ?? []
  const roles = (['lead', 'member'] as const).map(value => ({ value, label: t(`teams.roles.${value}`) }))
  return (
    <section>
      <h3>{t('nav.members')}</h3>
      <Flex vertical gap={8}>
        {people.length === 0 && <p className="quiet">{t('teams.nobody')}</p>}
        {people.map(({ userId, role, member }) => {
          const name = member?.user?.name ?? '–'
          return (
            <Flex key={userId} justify="space-between" align="center" gap={8} wrap>
              <span>{name}</span>
              {decides ? (
                <Flex gap={8}>
                  <Select
                    aria-label={t('members.roleOf', { name })}
                    style={{ minWidth: 110 }}
                    value={role}
                    options={roles}
                    onChange={next => void act(PutInTeam, { teamId, userId, role: next })}
                  />
                  <Button
                    aria-label={`${t('common.remove')}: ${name}`}
                    onClick={() => void act(TakeOutOfTeam, { teamId, userId })}
                  >
                    {t('common.remove')}
                  </Button>
                </Flex>
              ) : (
                <span>{t(`teams.roles.${role as 'lead'}`)}</span>
              )}
            </Flex>
          )
        })}
        {decides && (
          <Select
            aria-label={t('teams.add')}
            placeholder={t('teams.add')}
            showSearch={{ optionFilterProp: 'label' }}
            value={null}
            options={candidates.map(member => ({ value: member!.userId, label: member!.user?.name ?? '–' }))}
            onChange={(userId: string | null) => userId && void act(PutInTeam, { teamId, userId, role: 'member' })}
          />
        )}
      </Flex>
    </section>
  )
}
