import { Card, Flex, Typography } from 'antd'
import { useEffect, type ReactNode } from 'react'
import { LanguageSwitch } from '../shell/language.tsx'
import { AppearanceSwitch } from '../shell/appearance.tsx'

/** The frame of what is there without being signed in. */
export function Frame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Rowgate`
  }, [title])
  return (
    <Flex
      vertical
      align="center"
      justify="center"
      gap={16}
      style={{ minHeight: '100%', padding: 16, boxSizing: 'border-box' }}
    >
      <main style={{ width: '100%', maxWidth: 400 }}>
        <Card>
          <Flex vertical gap={16}>
            <Flex vertical gap={4}>
              <Typography.Text strong type="secondary">
                Rowgate
              </Typography.Text>
              <Typography.Title level={1} style={{ margin: 0, fontSize: 24 }}>
                {title}
              </Typography.Title>
              {lead && <Typography.Text type="secondary">{lead}</Typography.Text>}
            </Flex>
            {children}
          </Flex>
        </Card>
      </main>
      <footer>
        <Flex gap={8}>
          <LanguageSwitch />
          <AppearanceSwitch />
        </Flex>
      </footer>
    </Flex>
  )
}
