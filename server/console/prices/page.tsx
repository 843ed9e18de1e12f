import { App, Button, Empty, Flex, Input, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from 'urql'
import { askEarly, type Questions } from '../api/client.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useAct } from '../ui/act.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { usePager } from '../ui/pager.tsx'
import { ListPrices, OwnPrices, ResetPrice } from './documents.ts'
import { PriceForm } from './form.tsx'
import { PricesTable } from './table.tsx'

export const questions: Questions = ({ slug }) => {
  void askEarly(slug, OwnPrices, { after: null })
}

/** What a use costs: the organization's own prices, and those of the list, which hold where there are none. */
export default function PricesPage() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const [setting, setSetting] = useState(false)
  return (
    <Page
      title={t('nav.prices')}
      actions={
        may('price:update') && (
          <Button type="primary" onClick={() => setSetting(true)}>
            {t('prices.set')}
          </Button>
        )
      }
    >
      <Tabs
        items={[
          { key: 'own', label: t('prices.own'), children: <Own /> },
          { key: 'list', label: t('prices.list'), children: <List /> }
        ]}
      />
      {setting && <PriceForm onClose={() => setSetting(false)} />}
    </Page>
  )
}

function Own() {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const act = useAct()
  const { modal } = App.useApp()
  const { after, pager } = usePager()
  const [asked, ask] = useQuery({ query: OwnPrices, variables: { after } })
  const reset = (service: string, model: string) =>
    modal.confirm({
      title: t('prices.resetTitle', { model }),
      content: t('prices.resetHint'),
      okText: t('prices.reset'),
      onOk: () => act(ResetPrice, { service, model }, t('common.done'))
    })
  return (
    <Loaded of={asked} again={ask}>
      {({ organizationModelPrices: prices }) =>
        prices!.nodes.length === 0 ? (
          <Empty description={t('prices.noOwn')} />
        ) : (
          <Flex vertical gap={8}>
            <PricesTable
              label={t('prices.own')}
              prices={prices!.nodes.map(node => node!)}
              {...(may('price:update') && { onReset: ({ service, model }) => void reset(service, model) })}
            />
            {pager(prices!.pageInfo)}
          </Flex>
        )
      }
    </Loaded>
  )
}

function List() {
  const { t } = useTranslation()
  const [model, setModel] = useState('')
  const { after, pager } = usePager(model)
  const filter = model ? { filter: { model: { equalTo: model } } } : {}
  const [asked, ask] = useQuery({ query: ListPrices, variables: { after, ...filter } })
  return (
    <Flex vertical gap={8}>
      <Input.Search
        aria-label={t('prices.search')}
        placeholder={t('prices.search')}
        allowClear
        style={{ maxWidth: 320 }}
        onSearch={text => setModel(text.trim())}
      />
      <Loaded of={asked} again={ask}>
        {({ modelPrices: prices }) =>
          prices!.nodes.length === 0 ? (
            <Empty description={t('prices.noList')} />
          ) : (
            <Flex vertical gap={8}>
              <PricesTable label={t('prices.list')} prices={prices!.nodes.map(node => node!)} />
              {pager(prices!.pageInfo)}
            </Flex>
          )
        }
      </Loaded>
    </Flex>
  )
}
