import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/rest.ts'
import { EmailField, PageForm } from './form.tsx'
import { Frame } from './frame.tsx'

export default function Forgot() {
  const { t } = useTranslation()
  const [sent, setSent] = useState(false)
  const submit = async ({ email }: { email: string }) => {
    await post('/auth/password/forgot', { email })
    setSent(true)
  }
  return (
    <Frame title={t('session.forgotTitle')} lead={t('session.forgotLead')}>
      {sent ? (
        <Alert type="success" showIcon title={t('session.linkSent')} />
      ) : (
        <PageForm action={t('session.sendLink')} submit={submit}>
          <EmailField />
        </PageForm>
      )}
      <Link to="/sign-in">{t('session.signIn')}</Link>
    </Frame>
  )
}
