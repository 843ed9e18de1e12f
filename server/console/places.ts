import type { ComponentType } from 'react'
import type { Questions } from './api/client.ts'

export type Load = () => Promise<{ default: ComponentType; questions?: Questions }>

// Every page, each in a file that is loaded when it is opened. No more than that: the first script of all reads it.

/** What is there without being signed in. */
export const outside = {
  'sign-in': () => import('./session/sign-in.tsx'),
  register: () => import('./session/register.tsx'),
  'forgot-password': () => import('./session/forgot.tsx'),
  'reset-password': () => import('./session/reset.tsx'),
  'confirm-email': () => import('./session/confirm.tsx'),
  'accept-invitation': () => import('./session/accept.tsx')
} satisfies Record<string, Load>

export const shell = () => import('./shell/signed-in.tsx')
export const organizationShell = () => import('./shell/organization.tsx')

/** Of whoever is signed in. */
export const own = {
  organizations: () => import('./tenancy/organizations.tsx'),
  account: () => import('./session/account.tsx')
} satisfies Record<string, Load>

/** Of an organization. */
export const inside = {
  budgets: () => import('./budgets/page.tsx'),
  alerts: () => import('./alerts/page.tsx'),
  usage: () => import('./usage/page.tsx'),
  keys: () => import('./keys/page.tsx'),
  members: () => import('./members/page.tsx'),
  invitations: () => import('./invitations/page.tsx'),
  teams: () => import('./teams/page.tsx'),
  roles: () => import('./roles/page.tsx'),
  statements: () => import('./statements/page.tsx'),
  prices: () => import('./prices/page.tsx'),
  audit: () => import('./audit/page.tsx'),
  health: () => import('./health/page.tsx'),
  plan: () => import('./plans/page.tsx'),
  settings: () => import('./settings/page.tsx')
} satisfies Record<string, Load>
