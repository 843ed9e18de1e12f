import type { AlertWords } from '../alerts.ts'

interface Facts {
  state: 'began' | 'ended'
  threshold: number
  started_at: string
  ended_at: string
  requests: number
  errors: number
}

/** Requests fail on our side, or go well again. */
export default {
  en: ({ organization, facts }, { moment }) =>
    facts.state === 'began'
      ? {
          subject: `${organization}: more than ${facts.threshold} % of the requests fail`,
          paragraphs: [
            `Since ${moment(facts.started_at)} more than ${facts.threshold} % of the requests of ${organization} fail on our side: ${facts.errors} of ${facts.requests} so far.`,
            'The query "health" shows how it goes on.'
          ],
          after: ['You get another message when it is over.']
        }
      : {
          subject: `${organization}: requests go well again`,
          paragraphs: [
            `From ${moment(facts.started_at)} to ${moment(facts.ended_at)} more than ${facts.threshold} % of the requests of ${organization} failed: ${facts.errors} of ${facts.requests}. They go well again.`
          ]
        },
  zh: ({ organization, facts }, { moment }) =>
    facts.state === 'began'
      ? {
          subject: `${organization}：超过 ${facts.threshold}% 的请求失败`,
          paragraphs: [
            `自 ${moment(facts.started_at)} 起，${organization} 超过 ${facts.threshold}% 的请求因我方原因失败：目前 ${facts.requests} 个请求中有 ${facts.errors} 个失败。`,
            '可通过查询 health 了解最新情况。'
          ],
          after: ['恢复正常后您会收到另一封邮件。']
        }
      : {
          subject: `${organization}：请求已恢复正常`,
          paragraphs: [
            `${moment(facts.started_at)} 至 ${moment(facts.ended_at)} 期间，${organization} 超过 ${facts.threshold}% 的请求失败：${facts.requests} 个请求中有 ${facts.errors} 个失败。现已恢复正常。`
          ]
        }
} satisfies AlertWords<Facts>
