import { useTranslation } from 'react-i18next'
import { number } from '../ui/format.ts'

const width = 96
const height = 24

/** A line of so many days, and the same in words. */
export function Sparkline({ values, label }: { values: readonly number[]; label?: string }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...values)
  const sum = values.reduce((total, value) => total + value, 0)
  const points = values.map((value, index) => {
    const x = values.length > 1 ? (index / (values.length - 1)) * width : 0
    return `${x.toFixed(1)},${(height - 2 - (value / most) * (height - 4)).toFixed(1)}`
  })
  const words = label ? `${label}: ${number(sum)}` : t('keys.spark', { count: values.length, requests: number(sum) })
  return (
    <svg width={width} height={height} role="img" aria-label={words}>
      <title>{words}</title>
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} />
    </svg>
  )
}
