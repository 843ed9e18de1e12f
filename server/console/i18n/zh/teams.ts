import type { teams as english } from '../en/teams.ts'

export const teams: typeof english = {
  create: '新建团队',
  edit: '修改团队',
  empty: '还没有团队。',
  choose: '选择一个团队，查看其成员与用量。',
  dragHint: '将团队拖到另一个团队上即可移动，或在“编辑”中选择位置。',
  above: '上级团队',
  top: '无：位于顶层',
  deleteTitle: '删除 {{name}}？',
  deleteHint: '其用量仍保留在账目中。',
  noBudgets: '没有自己的预算。',
  usage: '最近 30 天用量',
  allUsage: '全部用量',
  nobody: '没有成员。',
  add: '添加成员',
  roles: { lead: '负责人', member: '成员' }
}
