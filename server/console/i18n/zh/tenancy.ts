import type { tenancy as english } from '../en/tenancy.ts'

export const tenancy: typeof english = {
  none: '您还不在任何组织中。请创建一个，或使用加入码加入。',
  deleted: '已删除',
  restore: '恢复',
  slug: '短名称',
  slugHint: '用于地址：小写字母、数字和连字符，以字母开头',
  statuses: { active: '正常', suspended: '已暂停', deleted: '已删除' },
  plans: { free: '免费版', basic: '基础版', pro: '专业版', enterprise: '企业版' }
}
