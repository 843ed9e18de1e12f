import { App, Flex, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../api/refusal.ts'
import { wordsOf } from './words.ts'

export interface Result {
  subject: string
  status?: string | null
  code?: string | null
  reason?: string | null
}

/** Says what came of each of many, or only that it is done where nothing was refused. */
export function useResults(): (results: readonly Result[]) => void {
  const { t, i18n } = useTranslation()
  const { modal, message } = App.useApp()
  return results => {
    const refused = results.filter(({ code }) => code != null)
    if (refused.length === 0) return void message.success(t('common.done'))
    modal.warning({
      title: t('common.someRefused', { count: refused.length }),
      content: (
        <Flex vertical gap={8} style={{ maxHeight: 300, overflow: 'auto' }} tabIndex={0}>
          {refused.map(({ subject, code, reason }) => (
            <div key={subject}>
              <Tag color="error">{subject}</Tag> {wordsOf(new Refusal(code!, reason ?? code!), i18n.language).title}
            </div>
          ))}
        </Flex>
      )
    })
  }
}
