import { Button, Card, Col, Empty, Row, Tree, type TreeDataNode } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import type { ShownTeamFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { MoveTeam, Teams } from './documents.ts'
import { TeamForm } from './form.tsx'
import { TeamPanel } from './panel.tsx'

function nodesBelow(teams: readonly ShownTeamFragment[], parent: string | null): TreeDataNode[] {
  const known = new Set(teams.map(({ id }) => id))
  return teams
    .filter(({ parentTeamId }) => (known.has(parentTeamId ?? '') ? parentTeamId : null) === parent)
    .map(({ id, name }) => ({ key: id, title: name, children: nodesBelow(teams, id) }))
}

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Teams, {})
}

export default function TeamsPage() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const act = useAct()
  const [asked, ask] = useQuery({ query: Teams })
  const [search, setSearch] = useSearchParams()
  const [creating, setCreating] = useState(false)
  const chosen = search.get('team')
  return (
    <Page
      title={t('nav.teams')}
      actions={
        may('team:create') && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('teams.create')}
          </Button>
        )
      }
    >
      <Loaded of={asked} again={ask}>
        {data => {
          const teams = data.teams!.nodes.map(node => node!)
          const team = teams.find(({ id }) => id === chosen)
          return (
            <Row gutter={[16, 16]}>
              <Col xs={24} md={9}>
                <Card>
                  {teams.length === 0 ? (
                    <Empty description={t('teams.empty')} />
                  ) : (
                    <Tree
                      aria-label={t('nav.teams')}
                      blockNode
                      defaultExpandAll
                      draggable={may('team:update') ? { icon: false } : false}
                      treeData={nodesBelow(teams, null)}
                      selectedKeys={chosen ? [chosen] : []}
                      onSelect={([key]) => setSearch(key ? { team: String(key) } : {})}
                      onDrop={({ dragNode, node, dropToGap }) => {
                        const target = teams.find(({ id }) => id === node.key)
                        const parentTeamId = dropToGap ? (target?.parentTeamId ?? null) : String(node.key)
                        void act(MoveTeam, { teamId: String(dragNode.key), parentTeamId })
                      }}
                    />
                  )}
                  {may('team:update') && teams.length > 1 && <p className="quiet">{t('teams.dragHint')}</p>}
                </Card>
              </Col>
              <Col xs={24} md={15}>
                {team ? (
                  <TeamPanel key={team.id} team={team} teams={teams} />
                ) : (
                  <Empty description={t('teams.choose')} />
                )}
              </Col>
              {creating && <TeamForm teams={teams} parent={chosen} onClose={() => setCreating(false)} />}
            </Row>
          )
        }}
      </Loaded>
    </Page>
  )
}
