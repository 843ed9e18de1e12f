import { Navigate } from 'react-router'
import { organizationPages } from '../pages.tsx'
import { useOrganization } from './tenant.ts'

export default function FirstPage() {
  const { slug, may } = useOrganization()
  const first = organizationPages.find(({ needs }) => needs.length === 0 || may(...needs))
  return <Navigate to={`/${slug}/${first?.path ?? 'settings'}`} replace />
}
