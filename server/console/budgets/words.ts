import { useTranslation } from 'react-i18next'
import { useOrganization } from '../shell/tenant.ts'
import { amount } from '../ui/format.ts'

interface Named {
  level: string
  name?: string | null
  unit: string
  team?: { name: string } | null
  user?: { name: string } | null
  apiKey?: { name: string } | null
}

/** What a budget is called: its own name, or what it limits. */
export function useBudgetName(): (budget: Named) => string {
  const { name } = useOrganization()
  return budget => budget.name ?? budget.team?.name ?? budget.user?.name ?? budget.apiKey?.name ?? name
}

/** An amount in a budget's unit. */
export function useBudgetAmount(): (
  value: string | null | undefined,
  budget: Named & { currency?: string | null }
) => string {
  const { t } = useTranslation()
  return (value, { unit, currency }) =>
    unit === 'money'
      ? amount(value, currency)
      : t(`budgets.counts.${unit as 'requests'}`, { count: Number(value ?? 0), number: amount(value, null) })
}
