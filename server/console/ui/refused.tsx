import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { asRefusal, type Refusal } from '../api/refusal.ts'
import { useWords } from './words.ts'

/** What the server refuses, in words: what was wrong, and what to do. */
export function Refused({ error, onRetry }: { error: Refusal | Error; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { title, advice } = useWords(asRefusal(error))
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={advice}
      action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  )
}
