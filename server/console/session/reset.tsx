import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/rest.ts'
import { PageForm, PasswordField } from './form.tsx'
import { Frame } from './frame.tsx'
import { LinkMissing } from './link-missing.tsx'
import { useLinkToken } from './link-token.ts'

export default function Reset() {
  const { t } = useTranslation()
  const token = useLinkToken()
  const [done, setDone] = useState(false)
  const submit = async ({ password }: { password: string }) => {
    await post('/auth/password/reset', { token: token!, password })
    setDone(true)
  }
  return (
    <Frame title={t('session.resetTitle')}>
      {!token && <LinkMissing />}
      {token && done && <Alert type="success" showIcon title={t('session.resetDone')} />}
      {token && !done && (
        <PageForm action={t('session.setPassword')} submit={submit}>
          <PasswordField isNew />
        </PageForm>
      )}
      <Link to="/sign-in">{t('session.signIn')}</Link>
    </Frame>
  )
}
