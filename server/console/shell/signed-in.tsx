import { App } from 'antd'
import { useEffect } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { Provider, useQuery } from 'urql'
import { clientOf } from '../api/client.ts'
import { refresh } from '../api/session.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Shell } from './frame.tsx'
import { MineContext } from './me.ts'
import { MyOrganizations } from './mine.ts'
import { useSession } from './session.ts'

/** What only somebody who is signed in gets to see; everybody else signs in, and comes back to where they wanted. */
export default function SignedIn() {
  const session = useSession()
  const { pathname, search } = useLocation()
  useEffect(() => {
    if (session === 'starting') void refresh().catch(() => {})
  }, [session])
  if (session === 'starting') return <Waiting />
  if (session === 'out') {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
  }
  return (
    <Provider value={clientOf()}>
      <App>
        <Mine />
      </App>
    </Provider>
  )
}

function Mine() {
  const [asked, ask] = useQuery({ query: MyOrganizations })
  return (
    <Loaded of={asked} again={ask}>
      {({ me, organizations }) => (
        <MineContext value={{ me: me!, organizations: organizations!.nodes.map(node => node!), again: ask }}>
          <Shell>
            <Outlet />
          </Shell>
        </MineContext>
      )}
    </Loaded>
  )
}
