import {
  ApartmentOutlined,
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
  { path: 'budgets', icon: <DashboardOutlined />, needs: ['budget:read'], load: () => import('./budgets/page.tsx') }
]
