import { MenuOutlined } from '@ant-design/icons'
import { Alert, Button, Drawer, Flex, Grid, Layout } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { AccountMenu } from './account-menu.tsx'
import { NavMenu } from './nav-menu.tsx'
import { OrganizationSwitch } from './switch.tsx'

/** Header, menu and content; the menu is a drawer where there is little room. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().lg ?? true
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  useEffect(() => setOpen(false), [pathname])
  const inOrganization = !/^\/(organizations|account)?\/?$/.test(pathname)
  return (
    <Layout style={{ minHeight: '100%' }}>
      <a className="skip" href="#content">
        {t('common.skip')}
      </a>
      <Layout.Header style={{ padding: '0 12px', position: 'sticky', top: 0, zIndex: 10, background: '#0b2a5b' }}>
        <Flex align="center" justify="space-between" gap={8} style={{ height: '100%' }}>
          <Flex align="center" gap={8} style={{ minWidth: 0, flex: '0 1 320px' }}>
            {!wide && inOrganization && (
              <Button
                aria-label={t('common.menu')}
                icon={<MenuOutlined />}
                onClick={() => setOpen(true)}
                aria-expanded={open}
              />
            )}
            <OrganizationSwitch />
          </Flex>
          <AccountMenu />
        </Flex>
      </Layout.Header>
      <Offline />
      <Layout>
        {wide && inOrganization && (
          <Layout.Sider width={220} theme="light">
            <NavMenu />
          </Layout.Sider>
        )}
        <div style={{ flex: 1, padding: wide ? 24 : 12, minWidth: 0 }}>
          <main id="content" tabIndex={-1} style={{ maxWidth: 1280, margin: '0 auto', outline: 'none' }}>
            {children}
          </main>
        </div>
      </Layout>
      <Drawer open={open && !wide} onClose={() => setOpen(false)} placement="left" size={260} title={t('common.menu')}>
        <NavMenu />
      </Drawer>
    </Layout>
  )
}

function Offline() {
  const { t } = useTranslation()
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return online ? null : <Alert banner type="warning" title={t('common.offline')} role="status" />
}
