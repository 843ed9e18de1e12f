import { App, Button, Flex, Progress, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asRefusal } from '../api/refusal.ts'
import { useOrganization } from '../shell/tenant.ts'
import { useMutate, useTell } from '../ui/act.ts'
import { useResults } from '../ui/results.tsx'
import { ChangeRoles, RemoveMembers } from './documents.ts'
import { chosenRole, useRoleChoices } from './roles.tsx'

/** As many as the server takes at once. */
const atOnce = 500

/** What can be done to several people at once, with an answer for each. */
export function Bulk({
  userIds,
  nameOf,
  onDone
}: {
  userIds: string[]
  nameOf: (id: string) => string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const { may } = useOrganization()
  const mutate = useMutate()
  const tell = useTell()
  const { modal } = App.useApp()
  const showResults = useResults()
  const choices = useRoleChoices()
  const [done, setDone] = useState<number>()
  const inParts = async (
    work: (part: string[]) => Promise<
      readonly ({
        userId?: string | null
        status?: string | null
        code?: string | null
        reason?: string | null
      } | null)[]
    >
  ) => {
    const answers = []
    setDone(0)
    try {
      for (let begin = 0; begin < userIds.length; begin += atOnce) {
        const part = userIds.slice(begin, begin + atOnce)
        for (const answer of await work(part)) answers.push({ ...answer!, subject: nameOf(answer!.userId!) })
        setDone(begin + part.length)
      }
      showResults(answers)
      onDone()
    } catch (error) {
      tell(asRefusal(error))
    } finally {
      setDone(undefined)
    }
  }
  const changeTo = (choice: string) =>
    void inParts(
      async part => (await mutate(ChangeRoles, { userIds: part, ...chosenRole(choice) })).changeMemberRoles!.result!
    )
  const remove = () =>
    modal.confirm({
      title: t('members.removeTitle', { count: userIds.length }),
      content: t('members.removeHint'),
      okText: t('common.remove'),
      okButtonProps: { danger: true },
      onOk: () => inParts(async part => (await mutate(RemoveMembers, { userIds: part })).removeMembers!.result!)
    })
  if (userIds.length === 0) return null
  return (
    <Flex wrap gap={8} align="center" role="group" aria-label={t('members.bulk')}>
      <span>{t('common.selected', { count: userIds.length })}</span>
      {may('member:update') && (
        <Select
          aria-label={t('members.changeRole')}
          placeholder={t('members.changeRole')}
          style={{ minWidth: 160 }}
          options={choices}
          value={null}
          onChange={(choice: string | null) => choice && changeTo(choice)}
        />
      )}
      {may('member:delete') && (
        <Button danger onClick={remove}>
          {t('common.remove')}
        </Button>
      )}
      {done !== undefined && (
        <Progress
          aria-label={t('members.bulk')}
          percent={Math.round((done / userIds.length) * 100)}
          style={{ width: 160 }}
        />
      )}
    </Flex>
  )
}
