import { Alert, Button, Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMine } from '../shell/me.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { date } from '../ui/format.ts'
import { AcceptOwnership, CancelOwnershipOffer } from './documents.ts'

interface Transfer {
  id: string
  toUserId: string
  expiresAt: string
  fromUser?: { name: string } | null
  toUser?: { name: string } | null
}

/** Offers of ownership that wait for an answer: to whoever they are for, and to whoever may take them back. */
export function Transfers({ transfers }: { transfers: Transfer[] }) {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const { me } = useMine()
  const act = useAct()
  return transfers.map(({ id: transferId, toUserId, expiresAt, fromUser, toUser }) => (
    <Alert
      key={transferId}
      type="info"
      showIcon
      title={t('settings.offered', {
        from: fromUser?.name ?? '–',
        to: toUser?.name ?? '–',
        when: date(expiresAt, timeZone)
      })}
      action={
        <Flex gap={8}>
          {toUserId === me.id && (
            <Button type="primary" onClick={() => void act(AcceptOwnership, { transferId }, t('common.done'))}>
              {t('session.accept')}
            </Button>
          )}
          <Button onClick={() => void act(CancelOwnershipOffer, { transferId }, t('common.done'))}>
            {t('settings.cancelOffer')}
          </Button>
        </Flex>
      }
    />
  ))
}
