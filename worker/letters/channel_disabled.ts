import type { Words } from './letter.ts'

interface Facts {
  organization: string
  channel: string
  host: string
  failing_since: Date
}

/** A channel for alerts was disabled. */
export const channelDisabled: Words<Facts> = {
  en: ({ organization, channel, host, failing_since }, { moment }) => ({
    subject: `${organization}: alerts no longer go to ${channel}`,
    paragraphs: [
      `The channel "${channel}" has taken no alert since ${moment(failing_since)}, so it was disabled. Alerts that should have gone there are kept.`
    ],
    rows: [
      ['Channel', channel],
      ['Host', host],
      ['Failing since', moment(failing_since)]
    ],
    after: ['When it works again, "enableAlertChannel" takes it into use, and "resendAlert" sends what was missed.']
  }),
  zh: ({ organization, channel, host, failing_since }, { moment }) => ({
    subject: `${organization}：提醒渠道“${channel}”已停用`,
    paragraphs: [
      `自 ${moment(failing_since)} 起，渠道“${channel}”未能接收任何提醒，因此已被停用。未送达的提醒已保留。`
    ],
    rows: [
      ['渠道', channel],
      ['主机', host],
      ['开始失败时间', moment(failing_since)]
    ],
    after: ['恢复后，可通过 enableAlertChannel 重新启用，并通过 resendAlert 补发未送达的提醒。']
  })
}
