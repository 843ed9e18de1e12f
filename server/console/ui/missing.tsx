import { Button, Result } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export function PageMissing() {
  const { t } = useTranslation()
  return (
    <Result
      status="info"
      title={<h1 style={{ fontSize: 24 }}>{t('common.pageMissing')}</h1>}
      subTitle={t('common.pageMissingHint')}
      extra={<Link to="/organizations">{t('common.home')}</Link>}
    />
  )
}

/** What is shown when a page broke, or could not be loaded because the console was updated meanwhile. */
export function Crashed() {
  const { t } = useTranslation()
  return (
    <Result
      status="warning"
      title={t('common.failed')}
      extra={<Button onClick={() => window.location.reload()}>{t('common.reload')}</Button>}
    />
  )
}
