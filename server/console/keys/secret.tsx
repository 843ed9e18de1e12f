import { Alert, Button, Flex, Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

/** A command that works as it stands here, with what was just made. */
const curl = (key: string): string =>
  [
    `curl -s ${window.location.origin}/v1/usage \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '{"idempotency_key":"first-call","service":"openai","model":"gpt-5","cost":0.01}'`
  ].join('\n')

/** A new key, which nobody can show a second time. */
export function SecretShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation()
  const tooltips = [t('common.copy'), t('common.copied')]
  return (
    <Modal
      open
      width={720}
      title={t('keys.secretTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('keys.kept')}
        </Button>
      }
    >
      <Flex vertical gap={12}>
        <Alert type="warning" showIcon title={t('keys.secretHint')} />
        <Typography.Text className="secret" data-testid="secret" copyable={{ text: secret, tooltips }}>
          {secret}
        </Typography.Text>
        <strong>{t('keys.tryIt')}</strong>
        <Typography.Paragraph copyable={{ text: curl(secret), tooltips }} style={{ margin: 0 }}>
          <pre className="secret" data-testid="curl" style={{ whiteSpace: 'pre-wrap' }} tabIndex={0}>
            {curl(secret)}
          </pre>
        </Typography.Paragraph>
      </Flex>
    </Modal>
  )
}
