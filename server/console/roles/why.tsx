import { Alert, Card, Flex, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { Loaded } from '../ui/loaded.tsx'
import { AccessChoices, ExplainAccess } from './documents.ts'
import { usePermissionName } from './words.ts'

/** Why somebody can do something here, or can't. */
export function Why({ permissions }: { permissions: { name: string; description: string; teamScoped: boolean }[] }) {
  const { t, i18n } = useTranslation()
  const { may } = useOrganization()
  const { me } = useMine()
  const permissionName = usePermissionName()
  const [userId, setUserId] = useState(me.id)
  const [permission, setPermission] = useState<string>()
  const [teamId, setTeamId] = useState<string | null>(null)
  const [{ data: choices }] = useQuery({ query: AccessChoices })
  const [asked, ask] = useQuery({
    query: ExplainAccess,
    variables: { permission: permission ?? '', userId: userId === me.id ? null : userId, teamId },
    pause: !permission
  })
  const search = { optionFilterProp: 'label' }
  const people =
    choices?.members?.nodes.map(member => ({ value: member!.userId, label: member!.user?.name ?? '–' })) ?? []
  return (
    <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('roles.whyTitle')}</h2>}>
      <Form layout="vertical">
        <Flex wrap gap={16}>
          <Form.Item label={t('roles.who')} htmlFor="why-who" style={{ flex: '1 1 200px' }}>
            <Select
              id="why-who"
              showSearch={search}
              disabled={!may('member:update')}
              value={userId}
              options={people.length > 0 ? people : [{ value: me.id, label: me.name }]}
              onChange={setUserId}
            />
          </Form.Item>
          <Form.Item label={t('roles.what')} htmlFor="why-what" style={{ flex: '2 1 280px' }}>
            <Select
              id="why-what"
              showSearch={search}
              placeholder={t('roles.chooseWhat')}
              options={permissions.map(one => ({ value: one.name, label: permissionName(one) }))}
              onChange={setPermission}
            />
          </Form.Item>
          <Form.Item label={t('roles.where')} htmlFor="why-where" style={{ flex: '1 1 200px' }}>
            <Select
              id="why-where"
              allowClear
              showSearch={search}
              placeholder={t('roles.anywhere')}
              options={choices?.teams?.nodes.map(team => ({ value: team!.id, label: team!.name })) ?? []}
              onChange={(id?: string) => setTeamId(id ?? null)}
            />
          </Form.Item>
        </Flex>
      </Form>
      {permission && (
        <Loaded of={asked} again={ask} rows={1}>
          {({ explainAccess }) => {
            const { allowed, through, name, reach, reason } = explainAccess!
            const inWords = [
              t(`roles.through.${through as 'role'}`, { name: name ?? '', defaultValue: '' }),
              reach ? t(`roles.reach.${reach as 'own'}`, { defaultValue: '' }) : ''
            ]
            return (
              <Alert
                type={allowed ? 'success' : 'warning'}
                showIcon
                title={allowed ? t('roles.allowed') : t('roles.denied')}
                description={i18n.language === 'zh' ? inWords.filter(Boolean).join('；') : reason}
              />
            )
          }}
        </Loaded>
      )}
    </Card>
  )
}
