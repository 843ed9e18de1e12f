import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ShownTeamFragment } from '../generated/graphql'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { CreateTeam, MoveTeam, UpdateTeam } from './documents.ts'

interface Values {
  name: string
  description?: string
  parentTeamId?: string
}

/** Makes a team, or changes its name, what it is, and its place: what dragging does, for whoever drags nothing. */
export function TeamForm(props: {
  team?: ShownTeamFragment
  teams: readonly ShownTeamFragment[]
  parent?: string | null
  onClose: () => void
}) {
  const { team, teams, parent, onClose } = props
  const { t } = useTranslation()
  const mutate = useMutate()
  const submit = async ({ parentTeamId, ...values }: Values) => {
    if (!team) {
      await mutate(CreateTeam, { input: { ...values, ...(parentTeamId && { parentTeamId }) } })
      return
    }
    await mutate(UpdateTeam, { input: { teamId: team.id, ...values } })
    if ((parentTeamId ?? null) !== team.parentTeamId)
      await mutate(MoveTeam, { teamId: team.id, parentTeamId: parentTeamId ?? null })
  }
  const above = team ? team.parentTeamId : parent
  return (
    <FormModal<Values>
      open
      title={team ? t('teams.edit') : t('teams.create')}
      onClose={onClose}
      submit={submit}
      action={team ? t('common.save') : t('common.create')}
      initial={{
        ...(team && { name: team.name }),
        ...(team?.description && { description: team.description }),
        ...(above && { parentTeamId: above })
      }}
    >
      <Form.Item
        name="name"
        label={t('common.name')}
        rules={[{ required: true, message: t('common.required', { field: t('common.name') }) }]}
      >
        <Input />
      </Form.Item>
      <Form.Item name="parentTeamId" label={t('teams.above')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('teams.top')}
          options={teams.filter(({ id }) => id !== team?.id).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="description" label={t('common.description')}>
        <Input.TextArea rows={2} />
      </Form.Item>
    </FormModal>
  )
}
