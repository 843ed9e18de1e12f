import type { ComponentType } from 'react'
import { createBrowserRouter, Outlet, type RouteObject } from 'react-router'
import { organizationPages } from './pages.tsx'
import { Crashed } from './ui/crashed.tsx'
import { Waiting } from './ui/waiting.tsx'

/** A page that is loaded when it is opened. */
const lazy = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await load()).default })

const missing = lazy(() => import('./ui/missing.tsx'))

const outside: [path: string, load: () => Promise<{ default: ComponentType }>][] = [
  ['sign-in', () => import('./session/sign-in.tsx')],
  ['register', () => import('./session/register.tsx')],
  ['forgot-password', () => import('./session/forgot.tsx')],
  ['reset-password', () => import('./session/reset.tsx')],
  ['confirm-email', () => import('./session/confirm.tsx')],
  ['accept-invitation', () => import('./session/accept.tsx')]
]

const routes: RouteObject[] = [
  {
    path: '/',
    element: <Outlet />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <Waiting />,
    children: [
      ...outside.map(([path, load]): RouteObject => ({ path, lazy: lazy(load) })),
      {
        lazy: lazy(() => import('./shell/signed-in.tsx')),
        children: [
          { index: true, lazy: lazy(() => import('./shell/home.tsx')) },
          { path: 'organizations', lazy: lazy(() => import('./tenancy/organizations.tsx')) },
          { path: 'account', lazy: lazy(() => import('./session/account.tsx')) },
          {
            path: ':slug',
            lazy: lazy(() => import('./shell/organization.tsx')),
            children: [
              { index: true, lazy: lazy(() => import('./shell/first-page.tsx')) },
              ...organizationPages.map(({ path, load }): RouteObject => ({ path, lazy: lazy(load) })),
              { path: '*', lazy: missing }
            ]
          }
        ]
      },
      { path: '*', lazy: missing }
    ]
  }
]

export const makeRouter = () => createBrowserRouter(routes, { basename: '/console' })
