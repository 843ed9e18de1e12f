import type { usage as english } from '../en/usage.ts'

export const usage: typeof english = {
  range: '起止日期',
  lastDays_one: '最近 {{count}} 天',
  lastDays_other: '最近 {{count}} 天',
  step: '粒度',
  by: '分组',
  zone: '按 {{timeZone}} 的日期',
  compare: '与上一时段比较',
  before: '上一时段',
  widen: '取消筛选 {{name}}',
  overTime: '费用趋势',
  breakdown: '明细',
  others: '其他',
  nothing: '此时段内没有用量。',
  cost: '费用',
  share: '占比',
  change: '变化',
  requests: '请求数',
  tokensIn: '发送令牌',
  tokensOut: '接收令牌',
  time: '时间',
  csv: '下载 CSV',
  chart: '{{from}} 至 {{to}} 的费用：{{parts}}',
  buckets: { hour: '小时', day: '天', week: '周', month: '月' },
  groups: { model: '模型', service: '服务', team: '团队', user: '人员', key: 'API 密钥' }
}
