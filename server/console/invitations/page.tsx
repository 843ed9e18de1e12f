import { Button, Card, Empty, Flex, Tag } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { date } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePager } from '../ui/pager.tsx'
import { Approve, Invitations, Reject, Resend, Revoke, RevokeLink } from './documents.ts'
import { InviteForm } from './invite-form.tsx'

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Invitations, { after: null })
}

export default function InvitationsPage() {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const act = useAct()
  const [inviting, setInviting] = useState(false)
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: Invitations, variables: { after } })
  const roleName = (role: string) => t(`members.roles.${role as 'admin'}`)
  const ends = (moment: string) => `${t('common.expires')}: ${date(moment, timeZone)}`
  return (
    <Page
      title={t('nav.invitations')}
      actions={
        <Button type="primary" onClick={() => setInviting(true)}>
          {t('invitations.invite')}
        </Button>
      }
    >
      <Loaded of={asked} again={ask}>
        {({ invitations, joinLinks, joinRequests }) => (
          <Flex vertical gap={16}>
            <Part title={t('invitations.requests')} empty={t('invitations.noRequests')}>
              {joinRequests!.nodes.map(request => {
                const { id, name, email, role, createdAt } = request!
                return (
                  <Line key={id} title={`${name} (${email})`} more={[roleName(role), date(createdAt, timeZone)]}>
                    <Button
                      type="primary"
                      aria-label={`${t('invitations.approve')}: ${name}`}
                      onClick={() => void act(Approve, { id }, t('common.done'))}
                    >
                      {t('invitations.approve')}
                    </Button>
                    <Button onClick={() => void act(Reject, { id }, t('common.done'))}>
                      {t('invitations.reject')}
                    </Button>
                  </Line>
                )
              })}
            </Part>
            <Part
              title={t('invitations.pending')}
              empty={t('invitations.nonePending')}
              pager={pager(invitations!.pageInfo)}
            >
              {invitations!.nodes.map(invitation => {
                const { id, email, role, customRole, needsApproval, expiresAt } = invitation!
                return (
                  <Line
                    key={id}
                    title={email}
                    more={[
                      customRole?.name ?? roleName(role),
                      ends(expiresAt),
                      ...(needsApproval ? [t('invitations.approval')] : [])
                    ]}
                  >
                    <Button onClick={() => void act(Resend, { id }, t('invitations.sentAgain'))}>
                      {t('invitations.resend')}
                    </Button>
                    <Button danger onClick={() => void act(Revoke, { id }, t('common.done'))}>
                      {t('invitations.revoke')}
                    </Button>
                  </Line>
                )
              })}
            </Part>
            <Part title={t('invitations.codes')} empty={t('invitations.noCodes')}>
              {joinLinks!.nodes.map(link => {
                const { id, role, uses, maxUses, needsApproval, allowedDomains, expiresAt, status } = link!
                return (
                  <Line
                    key={id}
                    title={t('invitations.uses', { uses, maxUses })}
                    more={[
                      roleName(role),
                      ends(expiresAt),
                      ...(needsApproval ? [t('invitations.approval')] : []),
                      ...(allowedDomains ?? []).map(domain => `@${domain}`)
                    ]}
                  >
                    {status === 'active' ? (
                      <Button danger onClick={() => void act(RevokeLink, { id }, t('common.done'))}>
                        {t('invitations.revoke')}
                      </Button>
                    ) : (
                      <Tag>{t(`invitations.statuses.${status as 'revoked'}`, { defaultValue: status })}</Tag>
                    )}
                  </Line>
                )
              })}
            </Part>
          </Flex>
        )}
      </Loaded>
      {inviting && <InviteForm onClose={() => setInviting(false)} />}
    </Page>
  )
}

function Part(props: { title: string; empty: string; pager?: ReactNode; children: ReactNode[] }) {
  const { title, empty, pager, children } = props
  return (
    <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{title}</h2>}>
      {children.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
      ) : (
        <Flex vertical gap={8} role="list">
          {children}
        </Flex>
      )}
      {pager}
    </Card>
  )
}

function Line({ title, more, children }: { title: string; more: string[]; children: ReactNode }) {
  return (
    <Flex role="listitem" wrap gap={8} justify="space-between" align="center" className="row">
      <Flex vertical style={{ minWidth: 0 }}>
        <strong style={{ overflowWrap: 'anywhere' }}>{title}</strong>
        <span className="quiet">{more.join(' · ')}</span>
      </Flex>
      <Flex wrap gap={8}>
        {children}
      </Flex>
    </Flex>
  )
}
