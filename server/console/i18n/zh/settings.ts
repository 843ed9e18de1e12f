import type { settings as english } from '../en/settings.ts'

export const settings: typeof english = {
  profile: '资料',
  saveProfile: '保存资料',
  logo: '徽标地址',
  metering: '计量与计费',
  saveMetering: '保存计费方式',
  timeZone: '时区',
  next: '更改从下一周期起生效。',
  currency: '币种',
  creditOrder: '成员有个人额度时谁先支付',
  orders: { personal_first: '个人额度', organization_first: '组织' },
  retention: '接受迟到用量的月数',
  strict: '拒绝没有已知价格的用量',
  danger: '危险区域',
  transfer: '转让所有权',
  newOwner: '新所有者',
  thenRole: '之后您的角色',
  offer: '提出转让',
  offerMade: '转让正等待答复。',
  offered: '{{from}} 将所有权转让给 {{to}}，有效至 {{when}}。',
  cancelOffer: '撤回',
  leave: '退出组织',
  leaveHint: '您将立即失去访问权限，您负责的 API 密钥将转交给所有者。',
  delete: '删除组织',
  deleteHint: '此后无人可以使用。所有者可在 30 天内恢复，之后所有内容将被清除。',
  typeName: '输入“{{name}}”以继续'
}
