import type { AlertWords } from '../alerts.ts'

interface Facts {
  key_name: string
  key_prefix: string
  expires_at: string
  days: number
}

/** An API key is about to end. */
export default {
  en: ({ organization, facts }, { moment }) => {
    const soon = facts.days === 1 ? 'within a day' : `within ${facts.days} days`
    return {
      subject: `${organization}: the API key ${facts.key_name} expires ${soon}`,
      paragraphs: [
        `The API key "${facts.key_name}" of ${organization} expires ${soon}. From then on everything that uses it is refused.`
      ],
      rows: [
        ['API key', `${facts.key_prefix}…`],
        ['Expires at', moment(facts.expires_at)]
      ],
      after: ['If it is still needed, give it a later end ("updateApiKey"), or replace it by another key before.']
    }
  },
  zh: ({ organization, facts }, { moment }) => ({
    subject: `${organization}：API 密钥“${facts.key_name}”将在 ${facts.days} 天内到期`,
    paragraphs: [
      `${organization} 的 API 密钥“${facts.key_name}”将在 ${facts.days} 天内到期，届时使用该密钥的请求都会被拒绝。`
    ],
    rows: [
      ['API 密钥', `${facts.key_prefix}…`],
      ['到期时间', moment(facts.expires_at)]
    ],
    after: ['如仍需使用，请延长有效期（updateApiKey），或提前更换为新的密钥。']
  })
} satisfies AlertWords<Facts>
