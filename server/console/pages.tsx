import {
  ApartmentOutlined,
  AuditOutlined,
  BellOutlined,
  DashboardOutlined,
  FileTextOutlined,
  HeartOutlined,
  KeyOutlined,
  LineChartOutlined,
  MailOutlined,
  SafetyOutlined,
  SettingOutlined,
  ShopOutlined,
  TagsOutlined,
  TeamOutlined
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { inside } from './places.ts'

export interface OrganizationPage {
  path: keyof typeof inside
  icon: ReactNode
  /** Shown to whoever holds one of these; the server decides all the same. */
  needs: readonly string[]
}

/** The pages of an organization, in the order of the menu. */
export const organizationPages: readonly OrganizationPage[] = [
  { path: 'budgets', icon: <DashboardOutlined />, needs: ['budget:read'] },
  { path: 'alerts', icon: <BellOutlined />, needs: ['alert:read'] },
  { path: 'usage', icon: <LineChartOutlined />, needs: ['usage:read'] },
  { path: 'keys', icon: <KeyOutlined />, needs: ['key:read'] },
  { path: 'members', icon: <TeamOutlined />, needs: ['member:read'] },
  {
    path: 'invitations',
    icon: <MailOutlined />,
    needs: ['member:create']
  },
  { path: 'teams', icon: <ApartmentOutlined />, needs: ['team:read'] },
  { path: 'roles', icon: <SafetyOutlined />, needs: ['member:read'] },
  { path: 'statements', icon: <FileTextOutlined />, needs: ['usage:read_all'] },
  { path: 'prices', icon: <TagsOutlined />, needs: ['price:read'] },
  { path: 'audit', icon: <AuditOutlined />, needs: ['audit:read'] },
  { path: 'health', icon: <HeartOutlined />, needs: ['health:read'] },
  { path: 'plan', icon: <ShopOutlined />, needs: ['quota:read'] },
  { path: 'settings', icon: <SettingOutlined />, needs: [] }
]
