import { useEffect, useMemo } from 'react'
import { Outlet, useParams } from 'react-router'
import { Provider, useQuery } from 'urql'
import { makeClient } from '../api/client.ts'
import { graphql } from '../api/graphql.ts'
import { Loaded } from '../ui/loaded.tsx'
import PageMissing from '../ui/missing.tsx'
import { useMine } from './me.ts'
import { tellRights } from './rights.ts'
import { OrganizationContext } from './tenant.ts'

const MyRights = graphql(/* GraphQL */ `
  query MyRights {
    myPermissions
  }
`)

/** One organization: its own client, so that nothing of another one is ever on its pages. */
export default function Organization() {
  const { slug = '' } = useParams()
  const { organizations } = useMine()
  const client = useMemo(() => makeClient(slug), [slug])
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
      {({ myPermissions }) => (
        <OrganizationContext
          value={{ ...organization, may: (...needs) => needs.some(permission => myPermissions!.includes(permission)) }}
        >
          <Outlet />
        </OrganizationContext>
      )}
    </Loaded>
  )
}
