import { createBrowserRouter, Outlet, type RouteObject } from 'react-router'
import { inside, organizationShell, outside, own, shell, type Load } from './places.ts'
import { Crashed } from './ui/crashed.tsx'
import { Waiting } from './ui/waiting.tsx'

/** A page that is loaded when it is opened. */
const lazy = (load: Load) => async () => ({ Component: (await load()).default })

const missing = lazy(() => import('./ui/missing.tsx'))

const routesOf = (pages: Record<string, Load>): RouteObject[] =>
  Object.entries(pages).map(([path, load]): RouteObject => ({ path, lazy: lazy(load) }))

const routes: RouteObject[] = [
  {
    path: '/',
    element: <Outlet />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <Waiting />,
    children: [
      ...routesOf(outside),
      {
        lazy: lazy(shell),
        children: [
          { index: true, lazy: lazy(() => import('./shell/home.tsx')) },
          ...routesOf(own),
          {
            path: ':slug',
            lazy: lazy(organizationShell),
            children: [
              { index: true, lazy: lazy(() => import('./shell/first-page.tsx')) },
              ...routesOf(inside),
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
