import { Alert, Button, Flex, Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

/** What a webhook is signed with, which nobody can show a second time. */
export function SigningSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('alerts.secretTitle')}
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
        <Alert type="warning" showIcon title={t('alerts.secretHint')} />
        <Typography.Text
          className="secret"
          data-testid="secret"
          copyable={{ text: secret, tooltips: [t('common.copy'), t('common.copied')] }}
        >
          {secret}
        </Typography.Text>
      </Flex>
    </Modal>
  )
}
