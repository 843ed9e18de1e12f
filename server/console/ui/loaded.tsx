import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CombinedError } from 'urql'
import { refusalFrom } from '../api/refusal.ts'
import { Refused } from './refused.tsx'

interface Asked<Data> {
  data?: Data | undefined
  fetching: boolean
  error?: CombinedError | undefined
}

/** What was asked for, while it comes, when it is there, and when it was refused. Older data stays while newer is asked for. */
export function Loaded<Data>(props: {
  of: Asked<Data>
  again?: () => void
  rows?: number
  children: (data: Data) => ReactNode
}) {
  const { of: asked, again, rows = 6, children } = props
  const { t } = useTranslation()
  if (asked.error) return <Refused error={refusalFrom(asked.error)} onRetry={again} />
  if (asked.data === undefined) {
    return (
      <div aria-busy="true" role="status" aria-label={t('common.loading')}>
        <Skeleton active paragraph={{ rows }} />
      </div>
    )
  }
  return children(asked.data)
}
