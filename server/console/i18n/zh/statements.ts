import type { statements as english } from '../en/statements.ts'

export const statements: typeof english = {
  hint: '每月结束几天后出账。之后入账的用量作为调整计入下一份账单。',
  empty: '还没有已出账的月份。',
  number: '编号',
  month: '月份',
  amount: '用量',
  adjustments: '调整',
  total: '合计',
  closed: '出账日期'
}
