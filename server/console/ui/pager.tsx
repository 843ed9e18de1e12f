import { Button, Flex } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface PageInfo {
  hasNextPage: boolean
  endCursor?: string | null
}

/**
 * Goes through a list that is too long for one answer: `after` is what its query asks for, and `pager` what is shown below the list.
 * @param of what the list is narrowed to; something else begins at its first page.
 */
export function usePager(of = '') {
  const { t } = useTranslation()
  const [place, go] = useState<{ of: string; passed: string[] }>({ of, passed: [] })
  const passed = place.of === of ? place.passed : []
  const after = passed.at(-1) ?? null
  const pager = ({ hasNextPage, endCursor }: PageInfo) =>
    (hasNextPage || passed.length > 0) && (
      <Flex component="nav" aria-label={t('common.pages')} justify="end" align="center" gap={8}>
        <Button disabled={passed.length === 0} onClick={() => go({ of, passed: passed.slice(0, -1) })}>
          {t('common.before')}
        </Button>
        <span className="numbers">{t('common.page', { number: passed.length + 1 })}</span>
        <Button
          disabled={!hasNextPage || endCursor == null}
          onClick={() => endCursor != null && go({ of, passed: [...passed, endCursor] })}
        >
          {t('common.next')}
        </Button>
      </Flex>
    )
  return { after, pager }
}
