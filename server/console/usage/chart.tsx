import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../ui/format.ts'
import { useAppearance } from '../ui/theme.tsx'

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export interface Bars {
  buckets: string[]
  series: { name: string; values: number[] }[]
  earlier: number[] | undefined
  currency: string | null
}

const palette = ['#1552b0', '#c2570c', '#1b7a3d', '#7a3fb0', '#a3156a', '#0b7285', '#7a5c00', '#5b6472', '#b3261e']
const darkPalette = ['#5c97ff', '#ff9a4d', '#5fce86', '#c39bff', '#ff7ac0', '#4dd0e1', '#f0c040', '#a9b4c2', '#ff8a80']

/** Stacked bars, with the time before as a line. What it shows stands in a table as well. */
export default function UsageChart({ bars, label }: { bars: Bars; label: string }) {
  const { t } = useTranslation()
  const { dark } = useAppearance()
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  useEffect(() => {
    const made = init(place.current!, dark ? 'dark' : null)
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(place.current!)
    return () => {
      watch.disconnect()
      made.dispose()
    }
  }, [dark])
  useEffect(() => {
    const { buckets, series, earlier, currency } = bars
    const show = (value: unknown) => money(Number(value), currency)
    chart.current!.setOption(
      {
        backgroundColor: 'transparent',
        color: dark ? darkPalette : palette,
        animation: false,
        // Text, drawn: markup with styles of its own is not allowed on this page.
        tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: show },
        legend: { type: 'scroll', bottom: 0 },
        grid: { left: 8, right: 8, top: 16, bottom: 40, containLabel: true },
        xAxis: { type: 'category', data: buckets },
        yAxis: { type: 'value', axisLabel: { formatter: show } },
        series: [
          ...series.map(({ name, values }) => ({ name, type: 'bar', stack: 'all', data: values, barMaxWidth: 40 })),
          ...(earlier
            ? [{ name: t('usage.before'), type: 'line', data: earlier, symbol: 'none', lineStyle: { type: 'dashed' } }]
            : [])
        ]
      },
      true
    )
  }, [bars, dark, t])
  return <div ref={place} role="img" aria-label={label} style={{ width: '100%', height: 320 }} />
}
