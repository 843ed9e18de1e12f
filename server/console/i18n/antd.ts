import type { Locale } from 'antd/es/locale'
import type { Language } from './start.ts'

// The words inside the components themselves.
const loaders: Record<Language, () => Promise<{ default: Locale }>> = {
  en: () => import('antd/es/locale/en_US'),
  zh: () => import('antd/es/locale/zh_CN')
}
const loaded: Partial<Record<Language, Locale>> = {}

export const antdLocale = {
  async load(language: Language): Promise<void> {
    if (language === 'zh') await import('dayjs/locale/zh-cn')
    loaded[language] = (await loaders[language]()).default
  },
  of: (language: Language): Locale | undefined => loaded[language]
}
