import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, languages, type Language } from '../i18n/start.ts'

/** Goes to the other language; each is named in its own words. */
export function LanguageSwitch() {
  const { i18n } = useTranslation()
  const other: Language = i18n.language === 'zh' ? 'en' : 'zh'
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void chooseLanguage(other)}>
      {languages[other]}
    </Button>
  )
}
