import { Button, Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ShownShareFragment } from '../generated/graphql'
import { DataTable } from '../ui/data-table.tsx'
import { money, number, percent } from '../ui/format.ts'
import { Files } from './files.tsx'
import { filterOf, groups, type Question } from './question.ts'

/** Who or what cost how much. A row leads to what is inside of it. */
export function Shares(props: {
  shares: ShownShareFragment[]
  question: Question
  change: (changes: Record<string, string | null>) => void
}) {
  const { shares, question, change } = props
  const { t } = useTranslation()
  const filter = filterOf[question.group]
  const nameOf = (share: ShownShareFragment) => share.label ?? (share.other ? t('usage.others') : t('common.none'))
  const open = (share: ShownShareFragment) => {
    const next = groups.find(group => group !== question.group && question.narrowed[filterOf[group]] === undefined)
    change({ [filter]: share[filter]!, [`${filter}.name`]: nameOf(share), by: next ?? question.group })
  }
  return (
    <Flex vertical gap={8}>
      <Files question={question} />
      <DataTable<ShownShareFragment>
        label={t('usage.breakdown')}
        width={760}
        rowKey={share => `${share[filter]} ${share.other} ${share.currency}`}
        dataSource={shares}
        locale={{ emptyText: t('usage.nothing') }}
        columns={[
          {
            title: t(`usage.groups.${question.group}`),
            render: (_, share) =>
              share[filter] && !share.other ? (
                <Button type="link" style={{ padding: 0 }} onClick={() => open(share)}>
                  {nameOf(share)}
                </Button>
              ) : (
                nameOf(share)
              )
          },
          {
            title: t('usage.cost'),
            align: 'end',
            className: 'numbers',
            render: (_, share) => money(share.cost, share.currency)
          },
          { title: t('usage.share'), align: 'end', className: 'numbers', render: (_, share) => percent(share.share) },
          { title: t('usage.change'), align: 'end', className: 'numbers', render: (_, share) => percent(share.change) },
          {
            title: t('usage.requests'),
            align: 'end',
            className: 'numbers',
            render: (_, share) => number(share.requests)
          },
          {
            title: t('usage.tokensIn'),
            align: 'end',
            className: 'numbers',
            render: (_, share) => number(share.tokensIn, true)
          },
          {
            title: t('usage.tokensOut'),
            align: 'end',
            className: 'numbers',
            render: (_, share) => number(share.tokensOut, true)
          }
        ]}
      />
    </Flex>
  )
}
