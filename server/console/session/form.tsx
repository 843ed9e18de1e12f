import { Button, Form, Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asRefusal, type Refusal } from '../api/refusal.ts'
import { Refused } from '../ui/refused.tsx'

/** A form that is a page of its own. */
export function PageForm<Values extends object>(props: {
  action: string
  submit: (values: Values) => Promise<void>
  children: ReactNode
}) {
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const finish = async (values: Values) => {
    setBusy(true)
    setRefusal(undefined)
    try {
      await props.submit(values)
    } catch (error) {
      setRefusal(asRefusal(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values> layout="vertical" requiredMark={false} onFinish={finish}>
      {refusal && (
        <div style={{ marginBottom: 16 }}>
          <Refused error={refusal} />
        </div>
      )}
      {props.children}
      <Button type="primary" htmlType="submit" block loading={busy}>
        {props.action}
      </Button>
    </Form>
  )
}

export function EmailField() {
  const { t } = useTranslation()
  const message = t('common.required', { field: t('common.email') })
  return (
    <Form.Item name="email" label={t('common.email')} rules={[{ required: true, message }]}>
      <Input type="email" autoComplete="username" />
    </Form.Item>
  )
}

export function PasswordField({ isNew = false }: { isNew?: boolean }) {
  const { t } = useTranslation()
  const label = isNew ? t('session.newPassword') : t('session.password')
  return (
    <Form.Item
      name="password"
      label={label}
      rules={[{ required: true, message: t('common.required', { field: label }) }]}
      extra={isNew ? t('session.passwordHint') : undefined}
    >
      <Input type="password" autoComplete={isNew ? 'new-password' : 'current-password'} />
    </Form.Item>
  )
}

export function NameField() {
  const { t } = useTranslation()
  const label = t('session.yourName')
  return (
    <Form.Item name="name" label={label} rules={[{ required: true, message: t('common.required', { field: label }) }]}>
      <Input autoComplete="name" />
    </Form.Item>
  )
}
