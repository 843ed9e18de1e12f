import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

export function LinkMissing() {
  const { t } = useTranslation()
  return <Alert type="warning" showIcon title={t('session.linkMissing')} description={t('session.linkMissingHint')} />
}
