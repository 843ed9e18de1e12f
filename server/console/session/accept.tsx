import { Alert, Button, Flex } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { asRefusal, type Refusal } from '../api/refusal.ts'
import { post } from '../api/rest.ts'
import { accessToken } from '../api/session.ts'
import { useSession } from '../shell/session.ts'
import { Refused } from '../ui/refused.tsx'
import { NameField, PageForm, PasswordField } from './form.tsx'
import { Frame } from './frame.tsx'
import { LinkMissing } from './link-missing.tsx'
import { useLinkToken } from './link-token.ts'

const kept = 'rowgate.invitation'

export type Entered = { status: 'joined' | 'pending'; organization_id: string }
export const enter = async (fields: Record<string, string>): Promise<Entered> =>
  post<Entered>('/auth/invitations/accept', fields, { token: await accessToken() })

export default function Accept() {
  const { t } = useTranslation()
  const fromLink = useLinkToken()
  const session = useSession()
  // Kept in this tab while its owner signs in.
  const [token] = useState(() => fromLink ?? sessionStorage.getItem(kept) ?? undefined)
  const [entered, setEntered] = useState<Entered>()
  const [refusal, setRefusal] = useState<Refusal>()
  useEffect(() => {
    if (token) sessionStorage.setItem(kept, token)
    void accessToken().catch(() => {})
  }, [token])
  const accept = async (fields: { name?: string; password?: string } = {}) => {
    setEntered(await enter({ token: token!, ...fields }))
    sessionStorage.removeItem(kept)
  }
  const acceptSignedIn = () => accept().catch((error: unknown) => setRefusal(asRefusal(error)))
  return (
    <Frame title={t('session.acceptTitle')}>
      {!token && <LinkMissing />}
      {refusal && <Refused error={refusal} />}
      {entered && (
        <Alert
          type="success"
          showIcon
          title={entered.status === 'joined' ? t('session.joined') : t('session.pending')}
        />
      )}
      {token && !entered && session === 'in' && (
        <Button type="primary" onClick={() => void acceptSignedIn()}>
          {t('session.accept')}
        </Button>
      )}
      {token && !entered && session === 'out' && (
        <Flex vertical gap={16}>
          <PageForm action={t('session.acceptAsNew')} submit={accept}>
            <NameField />
            <PasswordField isNew />
          </PageForm>
          <span>
            {t('session.acceptSignedOut')} <Link to="/sign-in?next=/accept-invitation">{t('session.signIn')}</Link>
          </span>
        </Flex>
      )}
      {entered && <Link to="/">{t('session.goOn')}</Link>}
    </Frame>
  )
}
