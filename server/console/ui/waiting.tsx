import { useTranslation } from 'react-i18next'

/** Something that is on its way. */
export function Waiting() {
  const { t } = useTranslation()
  return <div role="status" aria-busy="true" aria-label={t('common.loading')} className="waiting" />
}
