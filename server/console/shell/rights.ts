import { graphql } from '../api/graphql.ts'

export const MyRights = graphql(/* GraphQL */ `
  query MyRights {
    myPermissions
    budgetTeams: myTeamsPermitting(permission: "budget:update")
    peopleTeams: myTeamsPermitting(permission: "team_member:update")
  }
`)

// What may be done in the organization that is open, for the menu, which stands outside of it.

let rights: readonly string[] = []
const watching = new Set<(rights: readonly string[]) => void>()

export function tellRights(next: readonly string[]): void {
  rights = next
  for (const tell of watching) tell(next)
}

export function watchRights(tell: (rights: readonly string[]) => void): () => void {
  watching.add(tell)
  tell(rights)
  return () => void watching.delete(tell)
}
