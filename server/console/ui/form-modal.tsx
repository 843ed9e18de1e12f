import { Form, Modal, type FormInstance } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asRefusal, type Refusal } from '../api/refusal.ts'
import { Refused } from './refused.tsx'

interface Props<Values extends object> {
  title: string
  open: boolean
  /** After it is done, and when it is given up. */
  onClose: () => void
  /** When it is given up, if that is something else. */
  onCancel?: () => void
  /** Does it; what it throws is shown in the dialog, which stays. */
  submit: (values: Values) => Promise<void>
  initial?: Partial<Values>
  action?: string
  danger?: boolean
  width?: number
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode)
}

/** A dialog with a form, which says in words what the server refuses. */
export function FormModal<Values extends object>(props: Props<Values>) {
  const { title, open, onClose, onCancel = onClose, submit, initial, action, danger, width, children } = props
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  // Whoever uses a keyboard is back where they were when the dialog is gone.
  const [opener] = useState(() => document.activeElement)
  useEffect(() => () => (opener as HTMLElement | null)?.focus(), [opener])
  const close = (how: () => void) => {
    setRefusal(undefined)
    how()
  }
  const finish = async (values: Values) => {
    setBusy(true)
    setRefusal(undefined)
    try {
      await submit(values)
      close(onClose)
    } catch (error) {
      setRefusal(asRefusal(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      title={title}
      open={open}
      onCancel={() => close(onCancel)}
      onOk={() => form.submit()}
      okText={action ?? t('common.save')}
      okButtonProps={{ loading: busy, danger: danger ?? false }}
      cancelText={t('common.cancel')}
      destroyOnHidden
      {...(width && { width })}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={initial as object}
        preserve={false}
        onFinish={finish}
      >
        {typeof children === 'function' ? children(form) : children}
      </Form>
      {refusal && <Refused error={refusal} />}
    </Modal>
  )
}
