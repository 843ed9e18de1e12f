import type { Words } from './letter.ts'

/** Somebody waits to be let in. */
export const requested: Words<{ organization: string; who: string; address: string; role: string }> = {
  en: ({ organization, who, address, role }) => ({
    subject: `${who} asks to join ${organization}`,
    paragraphs: [
      `${who} (${address}) asks to join ${organization} as ${role}, and waits for an approval: the query "joinRequests" lists who does, "approveJoinRequest" and "rejectJoinRequest" decide.`
    ]
  }),
  zh: ({ organization, who, address, role }) => ({
    subject: `${who} 申请加入 ${organization}`,
    paragraphs: [
      `${who}（${address}）申请以 ${role} 身份加入 ${organization}，正在等待批准：可通过查询 joinRequests 查看申请，通过 approveJoinRequest 或 rejectJoinRequest 处理。`
    ]
  })
}

/** What was decided about it. */
export const decided: Words<{ organization: string; approved: boolean }> = {
  en: ({ organization, approved }) => ({
    subject: approved ? `You are in ${organization} now` : `${organization}: your request`,
    paragraphs: [
      approved
        ? `You asked to join ${organization}, and you are a member now.`
        : `You asked to join ${organization}. The request was turned down.`
    ]
  }),
  zh: ({ organization, approved }) => ({
    subject: approved ? `您已加入 ${organization}` : `${organization}：您的申请`,
    paragraphs: [
      approved ? `您加入 ${organization} 的申请已获批准，您现在是成员了。` : `您加入 ${organization} 的申请未获批准。`
    ]
  })
}
