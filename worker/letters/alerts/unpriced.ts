import type { AlertWords } from '../alerts.ts'

/** Something is used whose price is not known. */
export default {
  en: ({ organization, facts }) => ({
    subject: `${organization}: no price for ${facts.service} ${facts.model}`,
    paragraphs: [
      `${organization} uses ${facts.model} of ${facts.service}, and no price or exchange rate is known for it.`,
      'Its use is recorded and counted in requests and tokens; its cost counts once there is a price and it is priced again.'
    ]
  }),
  zh: ({ organization, facts }) => ({
    subject: `${organization}：${facts.service} ${facts.model} 没有价格`,
    paragraphs: [
      `${organization} 正在使用 ${facts.service} 的 ${facts.model}，但系统中没有其价格或汇率。`,
      '用量会照常记录，并计入请求数和令牌数；有了价格并重新计价后，费用才会计入。'
    ]
  })
} satisfies AlertWords<{ service: string; model: string }>
