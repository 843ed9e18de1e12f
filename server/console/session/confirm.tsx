import { Alert, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { asRefusal, type Refusal } from '../api/refusal.ts'
import { post } from '../api/rest.ts'
import { Refused } from '../ui/refused.tsx'
import { Frame } from './frame.tsx'
import { LinkMissing } from './link-missing.tsx'
import { useLinkToken } from './link-token.ts'

export default function Confirm() {
  const { t } = useTranslation()
  const token = useLinkToken()
  const [status, setStatus] = useState<'confirmed' | 'waiting'>()
  const [refusal, setRefusal] = useState<Refusal>()
  useEffect(() => {
    if (!token) return
    post<{ status: 'confirmed' | 'waiting' }>('/auth/email/confirm', { token }).then(
      answer => setStatus(answer.status),
      (error: unknown) => setRefusal(asRefusal(error))
    )
  }, [token])
  return (
    <Frame title={t('session.confirming')}>
      {!token && <LinkMissing />}
      {token && !status && !refusal && <Spin />}
      {refusal && <Refused error={refusal} />}
      {status && (
        <Alert
          type="success"
          showIcon
          title={status === 'confirmed' ? t('session.confirmed') : t('session.confirmWaiting')}
        />
      )}
      <Link to="/">{t('session.goOn')}</Link>
    </Frame>
  )
}
