import type { invitations as englishInvitations, members as english } from '../en/members.ts'

export const members: typeof english = {
  search: '按姓名或地址搜索',
  you: '您',
  joined: '加入时间',
  roleOf: '{{name}} 的角色',
  changeRole: '更改角色为',
  bulk: '所选人员',
  removeTitle_one: '移除 {{count}} 人？',
  removeTitle_other: '移除 {{count}} 人？',
  removeHint: '他们将立即失去访问权限，其负责的 API 密钥将转交给您。',
  roles: {
    owner: '所有者',
    admin: '管理员',
    member: '成员',
    viewer: '查看者',
    custom: '自定义角色',
    api_key: 'API 密钥'
  }
}

export const invitations: typeof englishInvitations = {
  sent: '已发送 {{done}} / {{all}}',
  invite: '邀请人员',
  byEmail: '通过邮件',
  byCode: '使用加入码',
  emails: '邮箱地址',
  emailsHint: '最多 500 个，用空格、逗号或换行分隔',
  send: '发送邀请',
  makeCode: '生成加入码',
  maxUses: '可供多少人使用',
  domains: '仅限以下域名的地址',
  domainsHint: '例如 example.com；留空则不限',
  needsApproval: '每人都需要我们批准',
  approval: '需要批准',
  codeTitle: '加入码',
  codeHint: '仅此时显示。持有者即可加入。',
  requests: '等待批准',
  noRequests: '没有人在等待。',
  pending: '待接受的邀请',
  nonePending: '没有待接受的邀请。',
  codes: '加入码',
  noCodes: '没有加入码。',
  uses: '已使用 {{uses}} / {{maxUses}} 次',
  approve: '批准',
  reject: '拒绝',
  resend: '重新发送',
  sentAgain: '邀请已重新发送。',
  revoke: '撤回',
  statuses: { active: '有效', revoked: '已撤回', expired: '已过期', used_up: '已用完' }
}
