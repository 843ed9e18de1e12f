import { Alert, Checkbox, Form, Input, InputNumber, Segmented, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chosenRole, useRoleChoices } from '../members/roles.tsx'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { number } from '../ui/format.ts'
import { useResults, type Result } from '../ui/results.tsx'
import { CreateJoinLink, InviteMembers } from './documents.ts'

interface Values {
  emails?: string
  role: string
  needsApproval?: boolean
  maxUses?: number
  domains?: string[]
}

/** So many are asked for at once, so that it can be seen how far many are. */
const atOnce = 50

const parts = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

/** Invites by e-mail, or makes a code that several people can join with. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const mutate = useMutate()
  const showResults = useResults()
  const choices = useRoleChoices()
  const [way, setWay] = useState<'email' | 'link'>('email')
  const [code, setCode] = useState<string>()
  const [sent, setSent] = useState<{ done: number; all: number }>()
  const submit = async ({ emails = '', role, needsApproval = false, maxUses, domains }: Values) => {
    if (way === 'email') {
      const all = parts(emails)
      const results: Result[] = []
      try {
        for (let done = 0; done < all.length; done += atOnce) {
          if (all.length > atOnce) setSent({ done, all: all.length })
          const input = { emails: all.slice(done, done + atOnce), needsApproval, ...chosenRole(role) }
          const { inviteMembers } = await mutate(InviteMembers, { input })
          results.push(...inviteMembers!.result!.map(answer => ({ ...answer!, subject: answer!.email! })))
        }
      } finally {
        setSent(undefined)
        // Also of those before what was refused as a whole.
        if (results.length > 0) showResults(results)
      }
      return
    }
    const input = {
      role: chosenRole(role).role,
      needsApproval,
      ...(maxUses && { maxUses }),
      ...(domains?.length && { allowedDomains: domains })
    }
    const { createJoinLink } = await mutate(CreateJoinLink, { input })
    setCode(createJoinLink!.result!.code!)
  }
  if (code) return <CodeShown code={code} onClose={onClose} />
  const roles = way === 'link' ? choices.filter(({ value }) => value.startsWith('role ')) : choices
  const addresses = t('invitations.emails')
  return (
    <FormModal<Values>
      open
      title={t('invitations.invite')}
      // The dialog that shows the code takes this one's place.
      onClose={() => way === 'email' && onClose()}
      onCancel={onClose}
      submit={submit}
      action={way === 'email' ? t('invitations.send') : t('invitations.makeCode')}
      initial={{ role: 'role member' }}
    >
      <Form.Item>
        <Segmented
          block
          value={way}
          onChange={setWay}
          options={[
            { value: 'email', label: t('invitations.byEmail') },
            { value: 'link', label: t('invitations.byCode') }
          ]}
        />
      </Form.Item>
      {way === 'email' && (
        <Form.Item
          name="emails"
          label={addresses}
          extra={t('invitations.emailsHint')}
          rules={[{ required: true, message: t('common.required', { field: addresses }) }]}
        >
          <Input.TextArea rows={4} />
        </Form.Item>
      )}
      <Form.Item name="role" label={t('common.role')}>
        <Select options={roles} />
      </Form.Item>
      {way === 'link' && (
        <>
          <Form.Item name="maxUses" label={t('invitations.maxUses')}>
            <InputNumber controls={false} min={1} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="domains" label={t('invitations.domains')} extra={t('invitations.domainsHint')}>
            <Select mode="tags" tokenSeparators={[',', ' ']} open={false} suffix={null} />
          </Form.Item>
        </>
      )}
      <Form.Item name="needsApproval" valuePropName="checked">
        <Checkbox>{t('invitations.needsApproval')}</Checkbox>
      </Form.Item>
      {sent && <p role="status">{t('invitations.sent', { done: number(sent.done), all: number(sent.all) })}</p>}
    </FormModal>
  )
}

function CodeShown({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <FormModal
      open
      title={t('invitations.codeTitle')}
      onClose={onClose}
      submit={async () => {}}
      action={t('common.close')}
    >
      <Alert type="info" title={t('invitations.codeHint')} style={{ marginBottom: 12 }} />
      <Typography.Text className="secret" copyable={{ tooltips: [t('common.copy'), t('common.copied')] }}>
        {code}
      </Typography.Text>
    </FormModal>
  )
}
