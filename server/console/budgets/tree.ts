import type { ShownBudgetFragment } from '../generated/graphql'

export interface Placed {
  budget: ShownBudgetFragment
  depth: number
}

/** Budgets below each other as what they limit is: the organization, its teams as deep as they go, then members, then keys. */
export function inTree(budgets: readonly ShownBudgetFragment[]): Placed[] {
  const of = (level: string) => budgets.filter(budget => budget.level === level)
  const teams = of('team')
  const known = new Set(teams.map(({ teamId }) => teamId))
  const below = (parent: string | null, depth: number): Placed[] => {
    const here = teams.filter(({ team }) => {
      const above = team?.parentTeamId ?? null
      return parent === null ? above === null || !known.has(above) : above === parent
    })
    const ids = [...new Set(here.map(({ teamId }) => teamId!))]
    return ids.flatMap(id => [
      ...here.filter(({ teamId }) => teamId === id).map(budget => ({ budget, depth })),
      ...below(id, depth + 1)
    ])
  }
  const flat = (level: string, depth: number) => of(level).map(budget => ({ budget, depth }))
  return [...flat('organization', 0), ...below(null, 1), ...flat('member', 1), ...flat('api_key', 1)]
}
