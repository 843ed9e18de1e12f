import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownBudgetFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { PauseBudget, ResumeBudget } from './documents.ts'
import { BudgetForm } from './form.tsx'
import { MoreForm } from './more-form.tsx'

/** What can be done to one budget. */
export function BudgetActions({ budget, name }: { budget: ShownBudgetFragment; name: string }) {
  const { t } = useTranslation()
  const { mayInTeam } = useOrganization()
  const act = useAct()
  const [open, setOpen] = useState<'edit' | 'ask' | 'raise'>()
  const { id: budgetId, status } = budget
  const isOurs = budget.source === 'own' && budget.kind === 'limit'
  const items = mayInTeam('budget:update', budget.teamId ?? budget.apiKey?.teamId)
    ? [
        ...(isOurs ? [{ key: 'edit', label: t('common.edit'), onClick: () => setOpen('edit') }] : []),
        { key: 'raise', label: t('budgets.raise'), onClick: () => setOpen('raise') },
        status === 'paused'
          ? { key: 'resume', label: t('budgets.resume'), onClick: () => void act(ResumeBudget, { budgetId }) }
          : { key: 'pause', label: t('budgets.pause'), onClick: () => void act(PauseBudget, { budgetId }) }
      ]
    : [{ key: 'ask', label: t('budgets.ask'), onClick: () => setOpen('ask') }]
  const close = () => setOpen(undefined)
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('common.actionsFor', { name })} />
      </Dropdown>
      {open === 'edit' && <BudgetForm budget={budget} onClose={close} />}
      {(open === 'ask' || open === 'raise') && <MoreForm budget={budget} name={name} kind={open} onClose={close} />}
    </>
  )
}
