import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAppearance } from '../ui/theme.tsx'

export function AppearanceSwitch() {
  const { t } = useTranslation()
  const { dark, choose } = useAppearance()
  return (
    <Button type="text" onClick={() => choose(dark ? 'light' : 'dark')}>
      {dark ? t('common.light') : t('common.dark')}
    </Button>
  )
}
