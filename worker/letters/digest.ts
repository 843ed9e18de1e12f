import { alertWords, type Alert } from './alerts.ts'
import type { Letter, Say, Words } from './letter.ts'

interface Digest {
  organization: string
  alerts: (Alert & { kind: string; occurred_at: Date })[]
}

const list = (language: 'en' | 'zh', { alerts }: Digest, say: Say): Letter['rows'] =>
  alerts.map(alert => [alertWords(alert.kind)[language](alert, say).subject, say.moment(alert.occurred_at)])

/** The alerts of a day as one mail. */
export const digest: Words<Digest> = {
  en: (day, say) => ({
    subject: `${day.organization}: ${day.alerts.length} ${day.alerts.length === 1 ? 'alert' : 'alerts'}`,
    paragraphs: ['This is what happened since the last digest:'],
    rows: list('en', day, say)!,
    after: ['The query "alertEvents" says more of each.']
  }),
  zh: (day, say) => ({
    subject: `${day.organization}：${day.alerts.length} 条提醒`,
    paragraphs: ['自上次汇总以来发生的情况：'],
    rows: list('zh', day, say)!,
    after: ['可通过查询 alertEvents 查看每条提醒的详情。']
  })
}
