import { Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { useOrganization } from '../shell/tenant.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { DangerZone } from './danger.tsx'
import { Settings } from './documents.ts'
import { Metering } from './metering.tsx'
import { Profile } from './profile.tsx'
import { Transfers } from './transfers.tsx'

export const questions: Questions = ({ slug, id }) => {
  void askEarly(slug, Settings, { id })
}

export default function SettingsPage() {
  const { t } = useTranslation()
  const { id } = useOrganization()
  const [asked, ask] = useQuery({ query: Settings, variables: { id } })
  return (
    <Page title={t('nav.settings')}>
      <Loaded of={asked} again={ask}>
        {({ organization, ownershipTransfers }) => (
          <Flex vertical gap={16} style={{ maxWidth: 640 }}>
            <Transfers transfers={ownershipTransfers?.nodes.map(node => node!) ?? []} />
            <Profile organization={organization!} />
            <Metering organization={organization!} />
            <DangerZone />
          </Flex>
        )}
      </Loaded>
    </Page>
  )
}
