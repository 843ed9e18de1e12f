import { Result } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export default function PageMissing() {
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
