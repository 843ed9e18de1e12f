import type { roles as english } from '../en/roles.ts'

export const roles: typeof english = {
  create: '新建角色',
  edit: '修改角色',
  own: '自定义角色',
  none: '还没有自定义角色。',
  matrix: '权限一览',
  permission: '权限',
  permissions_one: '{{count}} 项权限',
  permissions_other: '{{count}} 项权限',
  may: '允许',
  deleteTitle: '删除角色 {{name}}？',
  why: '为什么？',
  whyTitle: '为什么可以或不可以？',
  who: '谁',
  what: '做什么',
  where: '在哪个团队',
  anywhere: '整个组织',
  chooseWhat: '请选择',
  allowed: '可以',
  denied: '不可以',
  through: {
    membership: '不是成员。',
    status: '组织已关闭。',
    denial: '该权限已被收回。',
    grant: '该权限被单独授予。',
    role: '通过角色 {{name}}。',
    custom_role: '通过角色 {{name}}。',
    team_role: '通过团队身份 {{name}}。',
    none: '没有任何来源授予该权限。'
  },
  reach: { organization: '适用于整个组织。', team: '适用于该团队及其下级团队。', own: '仅适用于自己的内容。' }
}
