import { useTranslation } from 'react-i18next'

/** What is shown when a page broke, or could not be loaded because the console was updated meanwhile. */
export function Crashed() {
  const { t } = useTranslation()
  return (
    <main style={{ padding: 24 }}>
      <h1>{t('common.failed')}</h1>
      <button type="button" onClick={() => window.location.reload()}>
        {t('common.reload')}
      </button>
    </main>
  )
}
