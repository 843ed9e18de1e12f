import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OwnPriceFragment } from '../generated/graphql'
import { useOrganization } from '../shell/tenant.ts'
import { DataTable } from '../ui/data-table.tsx'
import { date, number, price } from '../ui/format.ts'

type Shown = OwnPriceFragment & { fromTokensIn?: string }
const names = {
  input_token: 'inputToken',
  cached_input_token: 'cachedInputToken',
  output_token: 'outputToken'
} as const
const isOpen = ({ effectiveTo }: Shown) => !effectiveTo || Date.parse(effectiveTo) > Date.now()

interface Props {
  label: string
  prices: Shown[]
  /** Given where the prices can be taken back. */
  onReset?: (price: Shown) => void
}

/** Prices as the server has them: each of one unit, from a moment on. */
export function PricesTable({ label, prices, onReset }: Props) {
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  return (
    <DataTable<Shown>
      label={label}
      width={820}
      size="small"
      rowKey="id"
      dataSource={prices}
      columns={[
        { title: t('budgets.service'), dataIndex: 'service' },
        { title: t('budgets.model'), dataIndex: 'model' },
        {
          title: t('prices.for'),
          render: (_, { unit, fromTokensIn }) => (
            <>
              {t(`prices.units.${unit === 'request' ? unit : names[unit as keyof typeof names]}`)}
              {Number(fromTokensIn ?? 0) > 0 && ` (${t('prices.above', { tokens: number(fromTokensIn) })})`}
            </>
          )
        },
        {
          title: t('prices.price'),
          className: 'numbers',
          align: 'end',
          render: (_, row) => price(row.price, row.currency)
        },
        { title: t('prices.from'), render: (_, { effectiveFrom }) => date(effectiveFrom, timeZone) },
        { title: t('prices.to'), render: (_, { effectiveTo }) => date(effectiveTo, timeZone) },
        ...(onReset
          ? [
              {
                title: <span className="for-readers">{t('common.actions')}</span>,
                render: (_: unknown, row: Shown) =>
                  isOpen(row) && (
                    <Button
                      size="small"
                      aria-label={`${t('prices.reset')}: ${row.model}, ${row.unit}`}
                      onClick={() => onReset(row)}
                    >
                      {t('prices.reset')}
                    </Button>
                  )
              }
            ]
          : [])
      ]}
    />
  )
}
