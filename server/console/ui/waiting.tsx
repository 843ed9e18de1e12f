import { useTranslation } from 'react-i18next'

/** Something that is on its way. @param later what the page can be used without. */
export function Waiting({ later = false }: { later?: boolean }) {
  const { t } = useTranslation()
  return <div role="status" aria-busy="true" aria-label={t('common.loading')} className="waiting" data-later={later} />
}
