import { useTranslation } from 'react-i18next'
import { permissionsInChinese } from '../i18n/zh/permissions.ts'

/** What a permission is, in words: the server's own in English, a sentence for each of them otherwise. */
export function usePermissionName(): (permission: { name: string; description: string }) => string {
  const { i18n } = useTranslation()
  return ({ name, description }) => (i18n.language === 'zh' ? (permissionsInChinese[name] ?? name) : description)
}
