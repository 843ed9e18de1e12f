import { Button, Flex, Input, Select, Table, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askEarly, type Questions } from '../api/client.ts'
import type { ShownMemberFragment } from '../generated/graphql'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { date } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { useResults } from '../ui/results.tsx'
import { useHeight } from '../ui/height.ts'
import { InviteForm } from '../invitations/invite-form.tsx'
import { useMembers } from './all.ts'
import { Bulk } from './bulk.tsx'
import { ChangeRoles, MembersPage } from './documents.ts'
import { chosenRole, useRoleChoices } from './roles.tsx'

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, MembersPage, {})
}

export default function Members() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const [search, setSearch] = useState('')
  const searched = useDeferredValue(search)
  const [members, again] = useMembers(searched)
  const [selected, setSelected] = useState<string[]>([])
  const [inviting, setInviting] = useState(false)
  const changes = may('member:update', 'member:delete')
  return (
    <Page
      title={t('nav.members')}
      actions={
        may('member:create') && (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('invitations.invite')}
          </Button>
        )
      }
    >
      <Flex vertical gap={12}>
        <Flex wrap gap={12} align="center" justify="space-between">
          <Input.Search
            aria-label={t('members.search')}
            placeholder={t('members.search')}
            allowClear
            style={{ maxWidth: 320 }}
            onChange={({ target }) => setSearch(target.value)}
          />
          <span>{t('common.people', { count: members.total })}</span>
        </Flex>
        <Loaded of={members} again={again}>
          {people => (
            <>
              <Bulk
                userIds={selected}
                nameOf={id => people.find(({ userId }) => userId === id)?.user?.name ?? id}
                onDone={() => setSelected([])}
              />
              <MembersTable key={searched} people={people} {...(changes && { selected, onSelect: setSelected })} />
            </>
          )}
        </Loaded>
      </Flex>
      {inviting && <InviteForm onClose={() => setInviting(false)} />}
    </Page>
  )
}

function MembersTable(props: {
  people: ShownMemberFragment[]
  selected?: string[]
  onSelect?: (ids: string[]) => void
}) {
  const { people, selected, onSelect } = props
  const { t } = useTranslation()
  const { may, timeZone } = useOrganization()
  const { me } = useMine()
  const act = useAct()
  const showResults = useResults()
  const choices = useRoleChoices()
  const height = useHeight(320)
  const change = async (member: ShownMemberFragment, choice: string) => {
    const data = await act(ChangeRoles, { userIds: [member.userId], ...chosenRole(choice) })
    if (data)
      showResults(data.changeMemberRoles!.result!.map(answer => ({ ...answer!, subject: member.user?.name ?? '' })))
  }
  const named = (member: ShownMemberFragment) => member.user?.name ?? '–'
  const roleOf = (member: ShownMemberFragment) =>
    member.customRole?.name ?? t(`members.roles.${member.role as 'admin'}`)
  return (
    <Table<ShownMemberFragment>
      rowKey="userId"
      size="middle"
      virtual
      pagination={false}
      scroll={{ x: 640, y: height }}
      dataSource={people}
      {...(selected
        && onSelect && {
          rowSelection: {
            columnWidth: 48,
            selectedRowKeys: selected,
            onChange: keys => onSelect(keys.map(String)),
            getCheckboxProps: member => ({ 'aria-label': named(member) }),
            getTitleCheckboxProps: () => ({ 'aria-label': t('common.all') })
          }
        })}
      columns={[
        {
          title: t('common.name'),
          width: 200,
          render: (_, member) => (
            <>
              {named(member)} {member.userId === me.id && <Tag>{t('members.you')}</Tag>}
            </>
          )
        },
        { title: t('common.email'), width: 240, render: (_, member) => member.user?.email ?? '–' },
        {
          title: t('common.role'),
          width: 180,
          render: (_, member) =>
            may('member:update') ? (
              <Select
                aria-label={t('members.roleOf', { name: named(member) })}
                style={{ width: 150 }}
                value={member.customRoleId ? `own ${member.customRoleId}` : `role ${member.role}`}
                options={choices.length > 0 ? choices : [{ value: `role ${member.role}`, label: roleOf(member) }]}
                onChange={choice => void change(member, choice)}
              />
            ) : (
              roleOf(member)
            )
        },
        { title: t('members.joined'), width: 140, render: (_, member) => date(member.joinedAt, timeZone) }
      ]}
    />
  )
}
