import { Button, Dropdown, Flex } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepFile } from '../api/file.ts'
import { asRefusal } from '../api/refusal.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useTell } from '../ui/act.ts'
import { bytes } from '../ui/format.ts'
import { filters, type Filter, type Question } from './question.ts'

type File = 'breakdown' | 'usage' | 'members'
const formats = ['csv', 'xlsx'] as const
const parameterOf: Record<Filter, string> = {
  service: 'service',
  model: 'model',
  teamId: 'team_id',
  userId: 'user_id',
  apiKeyId: 'api_key_id'
}

/** What is shown as a file, and the files of the whole time; the server makes them. */
export function Files({ question }: { question: Question }) {
  const { t } = useTranslation()
  const { slug } = useOrganization()
  const tell = useTell()
  const [making, setMaking] = useState<string>()
  const [come, setCome] = useState(0)
  const make = async (file: File, format: (typeof formats)[number]) => {
    const { since, until, group, narrowed, from, to } = question
    const asked = new URLSearchParams({ since, until, format })
    if (file === 'breakdown') {
      asked.set('group_by', group)
      for (const filter of filters) {
        if (narrowed[filter] !== undefined) asked.set(parameterOf[filter], narrowed[filter])
      }
    }
    setMaking(`${file} ${format}`)
    setCome(0)
    try {
      await keepFile(`${slug}-${file}-${from}-${to}.${format}`, `/v1/exports/${file}?${asked}`, slug, setCome)
    } catch (error) {
      tell(asRefusal(error))
    } finally {
      setMaking(undefined)
    }
  }
  const whole = (['usage', 'members'] as const).flatMap(file =>
    formats.map(format => ({
      key: `${file} ${format}`,
      label: t(`usage.files.${file}`, { format: format.toUpperCase() }),
      onClick: () => void make(file, format)
    }))
  )
  return (
    <Flex wrap gap={8} justify="end" align="center">
      {making !== undefined && come > 0 && (
        <span className="quiet numbers" role="status">
          {t('usage.come', { bytes: bytes(come) })}
        </span>
      )}
      {formats.map(format => (
        <Button
          key={format}
          loading={making === `breakdown ${format}`}
          disabled={making !== undefined}
          onClick={() => void make('breakdown', format)}
        >
          {t('usage.download', { format: format.toUpperCase() })}
        </Button>
      ))}
      <Dropdown trigger={['click']} menu={{ items: whole }} disabled={making !== undefined}>
        <Button loading={making !== undefined && !making.startsWith('breakdown')}>{t('usage.moreFiles')}</Button>
      </Dropdown>
    </Flex>
  )
}
