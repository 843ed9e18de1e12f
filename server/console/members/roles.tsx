import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { OwnRoles } from './documents.ts'

/** Roles to choose from: "role admin" is a built-in one, "own <id>" one of the organization's own. */
export function useRoleChoices(): { value: string; label: string }[] {
  const { t } = useTranslation()
  const [{ data }] = useQuery({ query: OwnRoles })
  const builtIn = [...(data?.roles?.nodes ?? [])].sort((one, other) => other!.rank - one!.rank)
  return [
    ...builtIn.map(role => ({ value: `role ${role!.name}`, label: t(`members.roles.${role!.name as 'admin'}`) })),
    ...(data?.customRoles?.nodes ?? []).map(role => ({ value: `own ${role!.id}`, label: role!.name }))
  ]
}

/** What such a choice is to the API. */
export function chosenRole(choice: string): { role: string | null; customRoleId: string | null } {
  const [kind, name = null] = choice.split(' ')
  return kind === 'own' ? { role: null, customRoleId: name } : { role: name, customRoleId: null }
}
