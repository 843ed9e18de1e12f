import type { health as englishHealth, plans as english } from '../en/plans.ts'

export const plans: typeof english = {
  used: '套餐“{{plan}}”的使用情况',
  unlimited: '不限',
  over: '超出 {{amount}}',
  yours: '当前套餐',
  agreed: '另行约定',
  aMonth: '每月 {{price}}',
  change: '更换为此套餐',
  changeTitle: '更换为{{plan}}？',
  changeHint: '立即生效。',
  resources: { seats: '人数', storage: '存储', api_calls: '每月 API 调用', teams: '团队', api_keys: 'API 密钥' }
}

export const health: typeof englishHealth = {
  lastHour: '最近一小时',
  perSecond: '每秒请求数',
  errorRate: '我方失败率',
  mean: '平均响应时间',
  slowest: '最慢响应',
  jobs: '任务完成率',
  refused: '被拒绝（例如因预算）',
  milliseconds: '{{count}} 毫秒',
  incidents: '事件',
  noIncidents: '没有发生事件。',
  failing: '目前超过 5 % 的请求失败。',
  fine: '一切正常响应。',
  began: '开始',
  ended: '结束',
  goingOn: '仍在持续',
  requests: '请求数',
  errors: '错误数',
  minutes: '每分钟请求数',
  noMinutes: '最近一小时没有请求。'
}
