import { useTranslation } from 'react-i18next'
import type { Refusal } from '../api/refusal.ts'
import { errorsInChinese } from '../i18n/zh/errors.ts'

export interface Words {
  title: string
  advice: string | undefined
}

/** The server's words are English; other languages have a sentence for each of its codes. */
export function wordsOf(refusal: Refusal, language: string): Words {
  if (language !== 'zh') {
    const offline = refusal.code === 'OFFLINE'
    const title = offline ? 'There is no connection to the server.' : refusal.message
    return { title, advice: offline ? 'Try again in a moment.' : (refusal.rule ?? refusal.remedy) }
  }
  const known = errorsInChinese[refusal.code]
  return { title: known ?? '服务器拒绝了此操作。', advice: known ? undefined : refusal.code }
}

export function useWords(refusal: Refusal): Words {
  const { i18n } = useTranslation()
  return wordsOf(refusal, i18n.language)
}
