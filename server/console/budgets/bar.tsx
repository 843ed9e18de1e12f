import { Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AheadFragment, StandFragment } from '../generated/graphql'
import { number, percent } from '../ui/format.ts'

/** How much of a whole is a part, in percent for a width; drawing only, so a double is good enough. */
const width = (part: string | null | undefined, whole: number): string =>
  `${whole > 0 ? Math.min(100, (Number(part ?? 0) / whole) * 100) : 0}%`

interface Props {
  name: string
  state: StandFragment
  ahead?: AheadFragment | undefined
  show: (value: string | null) => string
}

/** Used and held of a budget as a bar with where it will probably end, and the same in words. */
export function BudgetBar({ name, state, ahead, show }: Props) {
  const { t } = useTranslation()
  const whole = Number(state.limitAmount ?? 0) + Number(state.raised ?? 0)
  const used = Number(state.usedPercent ?? 0)
  const kind = used >= 100 ? ' over' : used >= 80 ? ' near' : ''
  const words = t('budgets.bar', {
    name,
    percent: number(state.usedPercent ?? '0'),
    held: show(state.held),
    remaining: show(state.remaining)
  })
  return (
    <Flex vertical gap={4}>
      <div className="bar" role="img" aria-label={words}>
        <span className={`used${kind}`} style={{ width: width(state.settled, whole) }} />
        <span className="held" style={{ width: width(state.held, whole) }} />
        {ahead?.low != null && ahead.high != null && (
          <i
            className="band"
            style={{
              // What is likely may lie wholly above the limit: then it shows at the edge.
              insetInlineStart: `min(${width(ahead.low, whole)}, 100% - 4px)`,
              insetInlineEnd: `calc(100% - ${width(ahead.high, whole)})`
            }}
          />
        )}
      </div>
      <Flex wrap justify="space-between" gap={8} className="numbers">
        <span>
          {t('budgets.ofLimit', { used: show(state.settled), limit: show(state.limitAmount) })}
          {state.usedPercent != null && ` (${percent(used / 100)})`}
        </span>
        <span>
          {t('budgets.remaining')}: <strong>{show(state.remaining)}</strong>
          {Number(state.held) > 0 && ` · ${t('budgets.held')}: ${show(state.held)}`}
        </span>
      </Flex>
      {ahead?.expected != null && (
        <span className="numbers">
          {t('budgets.expected', {
            expected: show(ahead.expected),
            low: show(ahead.low ?? null),
            high: show(ahead.high ?? null)
          })}
        </span>
      )}
    </Flex>
  )
}
