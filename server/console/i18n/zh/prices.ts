import type { prices as english } from '../en/prices.ts'

export const prices: typeof english = {
  own: '自定价格',
  list: '标准价格',
  set: '设置自定价格',
  reset: '恢复标准价格',
  resetTitle: '让 {{model}} 恢复按标准价格计费？',
  resetHint: '该模型的所有自定价格立即失效，已计费用不变。',
  noOwn: '没有自定价格，按标准价格计费。',
  noList: '没有这样的价格。',
  search: '完整的模型名称',
  for: '计费项',
  price: '单价',
  from: '生效',
  to: '失效',
  above: '输入不少于 {{tokens}} 个令牌',
  currency: '币种',
  formHint: '均为单个的价格。留空的项目没有价格。',
  units: { inputToken: '输入令牌', cachedInputToken: '缓存的输入令牌', outputToken: '输出令牌', request: '请求' }
}
