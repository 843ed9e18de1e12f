import {
  ApartmentOutlined,
  BellOutlined,
  DashboardOutlined,
  HeartOutlined,
  KeyOutlined,
  LineChartOutlined,
  MailOutlined,
  SafetyOutlined,
  SettingOutlined,
  ShopOutlined,
  TeamOutlined
} from '@ant-design/icons'
import type { ComponentType, ReactNode } from 'react'
import type { nav } from './i18n/en/common.ts'

export interface OrganizationPage {
  path: keyof typeof nav
  icon: ReactNode
  /** Shown to whoever holds one of these; the server decides all the same. */
  needs: readonly string[]
  load: () => Promise<{ default: ComponentType }>
}

/** The pages of an organization, in the order of the menu; each is loaded when it is opened. */
export const organizationPages: readonly OrganizationPage[] = [
  { path: 'budgets', icon: <DashboardOutlined />, needs: ['budget:read'], load: () => import('./budgets/page.tsx') },
  { path: 'alerts', icon: <BellOutlined />, needs: ['alert:read'], load: () => import('./alerts/page.tsx') },
  { path: 'usage', icon: <LineChartOutlined />, needs: ['usage:read'], load: () => import('./usage/page.tsx') },
  { path: 'keys', icon: <KeyOutlined />, needs: ['key:read'], load: () => import('./keys/page.tsx') },
  { path: 'members', icon: <TeamOutlined />, needs: ['member:read'], load: () => import('./members/page.tsx') },
  {
    path: 'invitations',
    icon: <MailOutlined />,
    needs: ['member:create'],
    load: () => import('./invitations/page.tsx')
  },
  { path: 'teams', icon: <ApartmentOutlined />, needs: ['team:read'], load: () => import('./teams/page.tsx') },
  { path: 'roles', icon: <SafetyOutlined />, needs: ['member:read'], load: () => import('./roles/page.tsx') },
  { path: 'health', icon: <HeartOutlined />, needs: ['health:read'], load: () => import('./health/page.tsx') },
  { path: 'plan', icon: <ShopOutlined />, needs: ['quota:read'], load: () => import('./plans/page.tsx') },
  { path: 'settings', icon: <SettingOutlined />, needs: [], load: () => import('./settings/page.tsx') }
]
