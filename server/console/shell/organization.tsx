import { useEffect } from 'react'
import { Outlet, useParams } from 'react-router'
import { Provider, useQuery } from 'urql'
import { clientOf } from '../api/client.ts'
import type { MyRightsQuery } from '../generated/graphql'
import { Loaded } from '../ui/loaded.tsx'
import PageMissing from '../ui/missing.tsx'
import { useMine } from './me.ts'
import { MyRights, tellRights } from './rights.ts'
import { OrganizationContext, type TeamPermission } from './tenant.ts'

/** One organization: its own client, so that nothing of another one is ever on its pages. */
export default function Organization() {
  const { slug = '' } = useParams()
  const { organizations } = useMine()
  const client = clientOf(slug)
  if (!organizations.some(organization => organization.slug === slug)) return <PageMissing />
  return (
    <Provider value={client} key={slug}>
      <Inside slug={slug} />
    </Provider>
  )
}

function Inside({ slug }: { slug: string }) {
  const { organizations } = useMine()
  const organization = organizations.find(mine => mine.slug === slug)!
  const [asked, ask] = useQuery({ query: MyRights })
  const rights = asked.data?.myPermissions
  useEffect(() => {
    tellRights((rights ?? []) as string[])
    return () => tellRights([])
  }, [rights])
  return (
    <Loaded of={asked} again={ask}>
      {told => (
        <OrganizationContext value={{ ...organization, ...rightsIn(told) }}>
          <Outlet />
        </OrganizationContext>
      )}
    </Loaded>
  )
}

function rightsIn({ myPermissions, budgetTeams, peopleTeams }: MyRightsQuery) {
  const held = new Set(myPermissions)
  const teams = { 'budget:update': new Set(budgetTeams), 'team_member:update': new Set(peopleTeams) }
  return {
    may: (...needs: string[]) => needs.some(permission => held.has(permission)),
    mayInTeam: (permission: TeamPermission, teamId: string | null | undefined) =>
      held.has(permission) || (teamId != null && teams[permission].has(teamId)),
    mayInSome: (permission: TeamPermission) => held.has(permission) || teams[permission].size > 0
  }
}
