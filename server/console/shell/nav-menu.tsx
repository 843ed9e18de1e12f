import { Menu } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { organizationPages } from '../pages.tsx'
import { watchRights } from './rights.ts'

/** The pages that whoever is signed in may see in the organization of the address. */
export function NavMenu() {
  const { t } = useTranslation()
  const [, slug = '', page = ''] = useLocation().pathname.split('/')
  const [rights, setRights] = useState<readonly string[]>([])
  useEffect(() => watchRights(setRights), [])
  const items = organizationPages
    .filter(({ needs }) => needs.length === 0 || needs.some(permission => rights.includes(permission)))
    .map(({ path, icon }) => ({ key: path, icon, label: <Link to={`/${slug}/${path}`}>{t(`nav.${path}`)}</Link> }))
  return (
    <nav aria-label={t('common.menu')}>
      <Menu mode="inline" selectedKeys={[page]} items={items} style={{ borderInlineEnd: 0 }} />
    </nav>
  )
}
