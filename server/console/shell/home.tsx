import { Navigate } from 'react-router'
import { useMine } from './me.ts'

/** Whoever is in one organization begins there. */
export default function Home() {
  const { organizations } = useMine()
  const [only, another] = organizations
  return <Navigate to={only && !another ? `/${only.slug}` : '/organizations'} replace />
}
