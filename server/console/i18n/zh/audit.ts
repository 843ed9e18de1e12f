import type { audit as english } from '../en/audit.ts'

export const audit: typeof english = {
  filter: '操作名称，例如 api_key:created',
  empty: '没有任何更改。',
  at: '时间',
  action: '操作',
  details: '详情',
  actor: '操作者',
  platform: '平台',
  request: '请求 {{id}}'
}
