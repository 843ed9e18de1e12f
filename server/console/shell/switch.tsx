import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useMine } from './me.ts'

const all = ' all'

/** Goes to another organization, to the same page there. */
export function OrganizationSwitch() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { organizations } = useMine()
  const [, slug = '', page = ''] = useLocation().pathname.split('/')
  const current = organizations.find(organization => organization.slug === slug)
  return (
    <Select
      aria-label={t('common.organization')}
      style={{ width: '100%', minWidth: 0 }}
      popupMatchSelectWidth={false}
      // With the header, which stays where it is.
      getPopupContainer={place => place.parentElement!}
      showSearch={{ optionFilterProp: 'label' }}
      value={current?.slug}
      placeholder={t('common.organizations')}
      onChange={value => void navigate(value === all ? '/organizations' : `/${value}/${current ? page : ''}`)}
      options={[
        ...organizations.map(organization => ({ value: organization.slug, label: organization.name })),
        { value: all, label: `${t('common.all')}: ${t('common.organizations')}` }
      ]}
    />
  )
}
