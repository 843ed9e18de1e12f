import { UserOutlined } from '@ant-design/icons'
import { Button, Dropdown, Grid } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { graphql } from '../api/graphql.ts'
import { leave } from '../api/session.ts'
import { chooseLanguage, languages, type Language } from '../i18n/start.ts'
import { useMutate } from '../ui/act.ts'
import { useAppearance, type Appearance } from '../ui/theme.tsx'
import { useMine } from './me.ts'

const SignOut = graphql(/* GraphQL */ `
  mutation SignOut {
    signOut(input: {}) {
      clientMutationId
    }
  }
`)

export function AccountMenu() {
  const { t, i18n } = useTranslation()
  const { me } = useMine()
  const { appearance, choose } = useAppearance()
  const navigate = useNavigate()
  const mutate = useMutate()
  const wide = Grid.useBreakpoint().md ?? true
  const signOut = async () => {
    // A session that has ended already is no reason to stay.
    await mutate(SignOut, {}).catch(() => {})
    leave()
  }
  const appearances: Appearance[] = ['light', 'dark', 'system']
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [i18n.language, appearance],
        items: [
          { key: 'account', label: t('common.account'), onClick: () => void navigate('/account') },
          { key: 'organizations', label: t('common.organizations'), onClick: () => void navigate('/organizations') },
          {
            type: 'group',
            label: t('common.language'),
            children: Object.entries(languages).map(([key, label]) => ({
              key,
              label: <span lang={key === 'zh' ? 'zh-CN' : 'en'}>{label}</span>,
              onClick: () => void chooseLanguage(key as Language)
            }))
          },
          {
            type: 'group',
            label: t('common.theme'),
            children: appearances.map(key => ({ key, label: t(`common.${key}`), onClick: () => choose(key) }))
          },
          { type: 'divider' },
          { key: 'out', label: t('common.signOut'), onClick: () => void signOut() }
        ]
      }}
    >
      <Button icon={<UserOutlined />} aria-label={`${t('common.account')}: ${me.name}`}>
        {wide ? me.name : undefined}
      </Button>
    </Dropdown>
  )
}
