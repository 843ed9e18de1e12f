import { Flex, Typography } from 'antd'
import { useEffect, type ReactNode } from 'react'

/** The frame of a page: its title, also of the window, and what can be done here. */
export function Page({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Rowgate`
  }, [title])
  return (
    <>
      <Flex wrap gap={12} justify="space-between" align="center" style={{ marginBottom: 16 }}>
        <Typography.Title level={1} style={{ margin: 0, fontSize: 24 }}>
          {title}
        </Typography.Title>
        {actions && (
          <Flex wrap gap={8} align="center">
            {actions}
          </Flex>
        )}
      </Flex>
      {children}
    </>
  )
}
