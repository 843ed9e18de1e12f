import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { askEarly, type Questions } from '../api/client.ts'
import { Page } from '../ui/page.tsx'
import { AlertChannels } from './channels.tsx'
import { AlertDeliveries } from './deliveries.tsx'
import { Events } from './documents.ts'
import { AlertEvents } from './events.tsx'
import { AlertRules } from './rules.tsx'

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, Events, { after: null })
}

/** What was told, to whom, and what for; each tab asks when it is opened. */
export default function AlertsPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('nav.alerts')}>
      <Tabs
        tabBarGutter={16}
        items={[
          { key: 'events', label: t('alerts.events'), children: <AlertEvents /> },
          { key: 'deliveries', label: t('alerts.deliveries'), children: <AlertDeliveries /> },
          { key: 'rules', label: t('alerts.rules'), children: <AlertRules /> },
          { key: 'channels', label: t('alerts.channels'), children: <AlertChannels /> }
        ]}
      />
    </Page>
  )
}
