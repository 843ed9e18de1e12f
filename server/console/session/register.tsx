import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { clientOf } from '../api/client.ts'
import { graphql } from '../api/graphql.ts'
import { refusalFrom } from '../api/refusal.ts'
import { EmailField, NameField, PageForm, PasswordField } from './form.tsx'
import { Frame } from './frame.tsx'

const RegisterAccount = graphql(/* GraphQL */ `
  mutation RegisterAccount($input: RegisterInput!) {
    register(input: $input) {
      clientMutationId
    }
  }
`)

export default function Register() {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const submit = async (input: { email: string; name: string; password: string }) => {
    const { error } = await clientOf().mutation(RegisterAccount, { input }).toPromise()
    if (error) throw refusalFrom(error)
    setDone(true)
  }
  return (
    <Frame title={t('session.register')}>
      {done ? (
        <Alert type="success" showIcon title={t('session.registered')} description={t('session.registeredHint')} />
      ) : (
        <PageForm action={t('session.register')} submit={submit}>
          <NameField />
          <EmailField />
          <PasswordField isNew />
        </PageForm>
      )}
      <span>
        {t('session.haveAccount')} <Link to="/sign-in">{t('session.signIn')}</Link>
      </span>
    </Frame>
  )
}
