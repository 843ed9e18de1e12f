import { App, Button, Card, Empty, Flex, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import type { RolesQuery, ShownRoleFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { DeleteRole, Roles } from './documents.ts'
import { RoleForm } from './form.tsx'
import { Why } from './why.tsx'
import { usePermissionName } from './words.ts'

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Roles, {})
}

export default function RolesPage() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const [asked, ask] = useQuery({ query: Roles })
  const [open, setOpen] = useState<'new' | ShownRoleFragment>()
  return (
    <Page
      title={t('nav.roles')}
      actions={
        may('role:manage') && (
          <Button type="primary" onClick={() => setOpen('new')}>
            {t('roles.create')}
          </Button>
        )
      }
    >
      <Loaded of={asked} again={ask}>
        {data => (
          <>
            <Tabs
              tabBarGutter={16}
              items={[
                {
                  key: 'why',
                  label: t('roles.why'),
                  children: <Why permissions={data.permissions!.nodes.map(node => node!)} />
                },
                {
                  key: 'own',
                  label: t('roles.own'),
                  children: <OwnRoles roles={data.customRoles!.nodes.map(node => node!)} onEdit={setOpen} />
                },
                { key: 'matrix', label: t('roles.matrix'), children: <Matrix data={data} /> }
              ]}
            />
            {open && (
              <RoleForm
                {...(open !== 'new' && { role: open })}
                permissions={data.permissions!.nodes.map(node => node!)}
                onClose={() => setOpen(undefined)}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function OwnRoles({ roles, onEdit }: { roles: ShownRoleFragment[]; onEdit: (role: ShownRoleFragment) => void }) {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const { modal } = App.useApp()
  const act = useAct()
  const remove = ({ id: roleId, name }: ShownRoleFragment) =>
    modal.confirm({
      title: t('roles.deleteTitle', { name }),
      okText: t('common.delete'),
      okButtonProps: { danger: true },
      onOk: () => act(DeleteRole, { roleId }, t('common.done'))
    })
  if (roles.length === 0) return <Empty description={t('roles.none')} />
  return (
    <Flex vertical gap={8} role="list">
      {roles.map(role => (
        <Flex key={role.id} role="listitem" className="row" wrap gap={8} justify="space-between" align="center">
          <Flex vertical>
            <strong>{role.name}</strong>
            <span className="quiet">
              {[
                ...(role.description ? [role.description] : []),
                t('roles.permissions', { count: role.permissions.nodes.length }),
                t('common.people', { count: role.members.totalCount })
              ].join(' · ')}
            </span>
          </Flex>
          {may('role:manage') && (
            <Flex gap={8}>
              <Button aria-label={`${t('common.edit')}: ${role.name}`} onClick={() => onEdit(role)}>
                {t('common.edit')}
              </Button>
              <Button danger aria-label={`${t('common.delete')}: ${role.name}`} onClick={() => void remove(role)}>
                {t('common.delete')}
              </Button>
            </Flex>
          )}
        </Flex>
      ))}
    </Flex>
  )
}

/** Which role holds what, as it stands in the database. */
function Matrix({ data }: { data: RolesQuery }) {
  const { t } = useTranslation()
  const permissionName = usePermissionName()
  const held = new Set(data.rolePermissions!.nodes.map(node => `${node!.role} ${node!.permission}`))
  const own = data.customRoles!.nodes.map(node => node!)
  for (const role of own) for (const node of role.permissions.nodes) held.add(`${role.id} ${node!.permission}`)
  const roles = [
    ...[...data.roles!.nodes]
      .sort((one, other) => other!.rank - one!.rank)
      .map(role => ({ id: role!.name, name: t(`members.roles.${role!.name as 'admin'}`) })),
    ...own.map(({ id, name }) => ({ id, name }))
  ]
  return (
    <Card>
      <DataTable
        label={t('roles.matrix')}
        width={800}
        rowKey="name"
        size="small"
        dataSource={data.permissions!.nodes.map(node => node!)}
        columns={[
          { title: t('roles.permission'), render: (_, permission) => permissionName(permission) },
          ...roles.map(role => ({
            title: role.name,
            align: 'center' as const,
            render: (_: unknown, permission: { name: string }) => {
              const has = held.has(`${role.id} ${permission.name}`)
              return (
                <span aria-label={has ? t('common.yes') : t('common.no')} role="img">
                  {has ? '✓' : '·'}
                </span>
              )
            }
          }))
        ]}
      />
    </Card>
  )
}
