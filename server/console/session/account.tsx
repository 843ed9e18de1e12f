import { Alert, App, Button, Card, Flex, Form, Input, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { graphql } from '../api/graphql.ts'
import { post } from '../api/rest.ts'
import { accessToken } from '../api/session.ts'
import { useMine } from '../shell/me.ts'
import { useAct, useMutate } from '../ui/act.ts'
import { DataTable } from '../ui/data-table.tsx'
import { time } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { PageForm, PasswordField } from './form.tsx'

const MySessions = graphql(/* GraphQL */ `
  query MySessions {
    mySessions(first: 100) {
      nodes {
        id
        device
        address
        lastSeenAt
        current
      }
    }
  }
`)
const UpdateProfile = graphql(/* GraphQL */ `
  mutation UpdateProfile($name: String!) {
    updateProfile(input: { name: $name }) {
      clientMutationId
    }
  }
`)
const EndSession = graphql(/* GraphQL */ `
  mutation EndSession($sessionId: UUID!) {
    endSession(input: { sessionId: $sessionId }) {
      clientMutationId
    }
  }
`)
const SignOutEverywhere = graphql(/* GraphQL */ `
  mutation SignOutEverywhere {
    signOutEverywhere(input: { keepCurrent: true }) {
      result
    }
  }
`)
const ConfirmAgain = graphql(/* GraphQL */ `
  mutation ConfirmAgain {
    requestEmailVerification(input: {}) {
      clientMutationId
    }
  }
`)

export default function Account() {
  const { t } = useTranslation()
  const { me } = useMine()
  const mutate = useMutate()
  const act = useAct()
  const { message } = App.useApp()
  const rename = async ({ name }: { name: string }) => {
    await mutate(UpdateProfile, { name })
    void message.success(t('common.saved'))
  }
  const changePassword = async (fields: { current_password: string; password: string }) => {
    await post('/auth/password', fields, { token: await accessToken() })
    void message.success(t('session.passwordChanged'))
  }
  return (
    <Page title={t('common.account')}>
      <Flex vertical gap={16}>
        {!me.emailVerifiedAt && (
          <Alert
            type="warning"
            showIcon
            title={t('session.unconfirmed')}
            action={
              <Button onClick={() => void act(ConfirmAgain, {}, t('session.sent'))}>{t('session.sendAgain')}</Button>
            }
          />
        )}
        <Card title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('session.profile')}</h2>} style={{ maxWidth: 480 }}>
          <p>{me.email}</p>
          <PageForm action={t('common.save')} submit={rename}>
            <Form.Item name="name" label={t('session.yourName')} initialValue={me.name} rules={[{ required: true }]}>
              <Input autoComplete="name" />
            </Form.Item>
          </PageForm>
        </Card>
        <Card
          title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('session.changePassword')}</h2>}
          style={{ maxWidth: 480 }}
        >
          <PageForm action={t('session.changePassword')} submit={changePassword}>
            <Form.Item name="current_password" label={t('session.currentPassword')} rules={[{ required: true }]}>
              <Input type="password" autoComplete="current-password" />
            </Form.Item>
            <PasswordField isNew />
          </PageForm>
        </Card>
        <Sessions />
      </Flex>
    </Page>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const act = useAct()
  const [asked, ask] = useQuery({ query: MySessions })
  return (
    <Card
      title={<h2 style={{ margin: 0, fontSize: 16 }}>{t('session.sessions')}</h2>}
      extra={
        <Button onClick={() => void act(SignOutEverywhere, {}, t('session.signedOutElsewhere'))}>
          {t('session.signOutEverywhere')}
        </Button>
      }
    >
      <Loaded of={asked} again={ask} rows={3}>
        {({ mySessions }) => (
          <DataTable
            label={t('session.sessions')}
            rowKey="id"
            dataSource={mySessions!.nodes.map(node => node!)}
            columns={[
              { title: t('session.device'), render: (_, session) => session.device ?? '–' },
              { title: t('session.address'), render: (_, session) => session.address },
              { title: t('session.lastSeen'), render: (_, session) => time(session.lastSeenAt) },
              {
                title: t('common.actions'),
                render: (_, session) =>
                  session.current ? (
                    <Tag>{t('session.thisSession')}</Tag>
                  ) : (
                    <Button size="small" onClick={() => void act(EndSession, { sessionId: session.id! })}>
                      {t('session.endSession')}
                    </Button>
                  )
              }
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
