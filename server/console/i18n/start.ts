import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type english from './en/index.ts'
import { antdLocale } from './antd.ts'

/** A language is loaded when it is chosen; both have the same words, which the type check sees to. */
const words = {
  en: () => import('./en/index.ts'),
  zh: () => import('./zh/index.ts')
}
export type Language = keyof typeof words
export const languages: Record<Language, string> = { en: 'English', zh: '简体中文' }

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english }
  }
}

const kept = 'rowgate.language'

function preferred(): Language {
  const chosen = localStorage.getItem(kept) ?? navigator.language
  return chosen.startsWith('zh') ? 'zh' : 'en'
}

export const currentLanguage = (): Language => (i18next.language === 'zh' ? 'zh' : 'en')
/** For Intl: how numbers, money and dates are written. */
export const currentLocale = (): string => (currentLanguage() === 'zh' ? 'zh-CN' : 'en-US')

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language)
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = currentLocale()
}

async function load(language: Language): Promise<void> {
  const [{ default: translation }] = await Promise.all([words[language](), antdLocale.load(language)])
  i18next.addResourceBundle(language, 'translation', translation)
}

export async function startLanguage(): Promise<void> {
  const language = preferred()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false
  })
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = currentLocale()
}
