import { Checkbox, DatePicker, Flex, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useOrganization } from '../shell/tenant.ts'
import { dateForm } from '../ui/format.ts'
import { buckets, filters, groups, type Question } from './question.ts'

/** From when to when, in which steps, by what, of what, and whether beside the time before. */
export function Controls(props: {
  question: Question
  change: (changes: Record<string, string | null>) => void
  compare: boolean
  onCompare: (compare: boolean) => void
}) {
  const { question, change, compare, onCompare } = props
  const { t } = useTranslation()
  const { timeZone } = useOrganization()
  const today = dayjs().tz(timeZone)
  const since = (days: number): [dayjs.Dayjs, dayjs.Dayjs] => [today.subtract(days - 1, 'day'), today]
  return (
    <Flex wrap gap={8} align="center">
      <DatePicker.RangePicker
        format={dateForm()}
        aria-label={t('usage.range')}
        allowClear={false}
        value={[dayjs(question.from), dayjs(question.to)]}
        presets={[7, 30, 90].map(count => ({ label: t('usage.lastDays', { count }), value: since(count) }))}
        onChange={days => {
          const [from, to] = days ?? []
          if (from && to) change({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') })
        }}
      />
      <Select
        aria-label={t('usage.step')}
        style={{ minWidth: 110 }}
        value={question.bucket}
        options={buckets.map(value => ({ value, label: t(`usage.buckets.${value}`) }))}
        onChange={bucket => change({ bucket })}
      />
      <Select
        aria-label={t('usage.by')}
        style={{ minWidth: 140 }}
        value={question.group}
        options={groups.map(value => ({ value, label: t(`usage.groups.${value}`) }))}
        onChange={by => change({ by })}
      />
      <Checkbox checked={compare} onChange={({ target }) => onCompare(target.checked)}>
        {t('usage.compare')}
      </Checkbox>
      {filters
        .filter(filter => question.narrowed[filter] !== undefined)
        .map(filter => (
          <Tag
            key={filter}
            color="processing"
            closable
            closeIcon={<span aria-label={t('usage.widen', { name: question.labels[filter] })}>×</span>}
            onClose={() => change({ [filter]: null, [`${filter}.name`]: null })}
          >
            {question.labels[filter]}
          </Tag>
        ))}
      <span className="quiet">{t('usage.zone', { timeZone })}</span>
    </Flex>
  )
}
