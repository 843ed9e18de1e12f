import { Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'
import { Refusal } from '../api/refusal.ts'
import { signIn } from '../api/session.ts'
import { useSession } from '../shell/session.ts'
import { EmailField, PageForm, PasswordField } from './form.tsx'
import { Frame } from './frame.tsx'

export default function SignIn() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const session = useSession()
  // Only a place within the console.
  const next = search.get('next')
  if (session === 'in') return <Navigate to={next?.startsWith('/') ? next : '/'} replace />
  const submit = async ({ email, password }: { email: string; password: string }) => {
    try {
      await signIn(email, password)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'INVALID_GRANT')
        throw new Refusal('INVALID_GRANT', t('session.wrong'), {})
      throw error
    }
  }
  return (
    <Frame title={t('session.signIn')} lead={t('session.signInLead')}>
      <PageForm action={t('session.signIn')} submit={submit}>
        <EmailField />
        <PasswordField />
      </PageForm>
      <Flex vertical gap={8}>
        <Link to="/forgot-password">{t('session.forgot')}</Link>
        <span>
          {t('session.noAccount')} <Link to="/register">{t('session.register')}</Link>
        </span>
      </Flex>
    </Frame>
  )
}
