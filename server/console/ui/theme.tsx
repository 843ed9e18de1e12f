import { ConfigProvider, theme } from 'antd'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { antdLocale } from '../i18n/antd.ts'
import type { Language } from '../i18n/start.ts'
import { nonce } from './nonce.ts'

export type Appearance = 'light' | 'dark' | 'system'
const kept = 'rowgate.theme'
const AppearanceContext = createContext<{ dark: boolean; appearance: Appearance; choose(next: Appearance): void }>({
  dark: false,
  appearance: 'system',
  choose: () => {}
})
export const useAppearance = () => useContext(AppearanceContext)

const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches

const lightTokens = {
  colorPrimary: '#1552b0',
  colorInfo: '#1552b0',
  colorLink: '#1552b0',
  colorError: '#c1121f',
  colorSuccess: '#1b7a3d',
  colorWarning: '#9a5b00',
  colorSuccessBg: '#eaf6ee',
  colorErrorBg: '#fdecec',
  colorWarningBg: '#fdf3e1',
  colorInfoBg: '#e8f0fc',
  colorTextSecondary: 'rgba(0, 0, 0, 0.7)',
  colorTextTertiary: 'rgba(0, 0, 0, 0.65)',
  colorTextDescription: 'rgba(0, 0, 0, 0.65)',
  colorTextPlaceholder: 'rgba(0, 0, 0, 0.6)'
}
const darkTokens = {
  colorPrimary: '#3d7ff0',
  colorInfo: '#8db8ff',
  colorLink: '#8db8ff',
  colorError: '#ff7b7b',
  colorSuccess: '#5fce86',
  colorWarning: '#f0b429',
  colorTextSecondary: 'rgba(255, 255, 255, 0.78)',
  colorTextTertiary: 'rgba(255, 255, 255, 0.7)',
  colorTextDescription: 'rgba(255, 255, 255, 0.7)',
  colorTextPlaceholder: 'rgba(255, 255, 255, 0.65)'
}

// On dark ground the colour of what is chosen has to be lighter than a button's.
const darkParts = {
  Menu: { itemSelectedColor: '#a9c8ff', itemSelectedBg: '#17315c' },
  Tabs: { itemSelectedColor: '#8db8ff', itemHoverColor: '#a9c8ff', inkBarColor: '#8db8ff' }
}

/** Colours, language and layer of all components. */
export function Appearances({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const [appearance, setAppearance] = useState(() => (localStorage.getItem(kept) as Appearance | null) ?? 'system')
  const [system, setSystem] = useState(systemDark.matches)
  useEffect(() => {
    const follow = () => setSystem(systemDark.matches)
    systemDark.addEventListener('change', follow)
    return () => systemDark.removeEventListener('change', follow)
  }, [])
  const dark = appearance === 'system' ? system : appearance === 'dark'
  useEffect(() => void (document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'), [dark])
  const value = useMemo(
    () => ({
      dark,
      appearance,
      choose(next: Appearance) {
        localStorage.setItem(kept, next)
        setAppearance(next)
      }
    }),
    [dark, appearance]
  )
  return (
    <AppearanceContext value={value}>
      <ConfigProvider
        locale={antdLocale.of(i18n.language as Language)}
        csp={{ nonce }}
        // Between two Chinese characters it would put a space.
        button={{ autoInsertSpace: false }}
        theme={{
          // The rules of components are a file (page.css); only what they are drawn with is worked out here.
          zeroRuntime: true,
          hashed: false,
          algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
          token: {
            ...(dark ? darkTokens : lightTokens),
            motion: !still,
            fontFamily: 'system-ui, "Noto Sans SC", sans-serif'
          },
          components: dark ? darkParts : {}
        }}
      >
        {children}
      </ConfigProvider>
    </AppearanceContext>
  )
}
