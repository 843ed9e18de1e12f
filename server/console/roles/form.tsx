import { Checkbox, Flex, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ShownRoleFragment } from '../generated/graphql'
import { useMutate } from '../ui/act.ts'
import { FormModal } from '../ui/form-modal.tsx'
import { CreateRole, UpdateRole } from './documents.ts'
import { usePermissionName } from './words.ts'

interface Values {
  name: string
  description?: string
  permissions: string[]
}

/** A role of the organization's own: a name for some permissions. */
export function RoleForm(props: {
  role?: ShownRoleFragment
  permissions: { name: string; description: string; assignable: boolean }[]
  onClose: () => void
}) {
  const { role, permissions, onClose } = props
  const { t } = useTranslation()
  const mutate = useMutate()
  const permissionName = usePermissionName()
  const submit = async (input: Values) => {
    await (role ? mutate(UpdateRole, { input: { roleId: role.id, ...input } }) : mutate(CreateRole, { input }))
  }
  return (
    <FormModal<Values>
      open
      width={720}
      title={role ? t('roles.edit') : t('roles.create')}
      onClose={onClose}
      submit={submit}
      action={role ? t('common.save') : t('common.create')}
      initial={{
        permissions: role?.permissions.nodes.map(node => node!.permission) ?? [],
        ...(role && { name: role.name }),
        ...(role?.description && { description: role.description })
      }}
    >
      <Form.Item
        name="name"
        label={t('common.name')}
        rules={[{ required: true, message: t('common.required', { field: t('common.name') }) }]}
      >
        <Input />
      </Form.Item>
      <Form.Item name="description" label={t('common.description')}>
        <Input />
      </Form.Item>
      <Form.Item name="permissions" label={t('roles.may')}>
        <Checkbox.Group>
          <Flex vertical gap={4}>
            {permissions
              .filter(({ assignable }) => assignable)
              .map(permission => (
                <Checkbox key={permission.name} value={permission.name}>
                  {permissionName(permission)}
                </Checkbox>
              ))}
          </Flex>
        </Checkbox.Group>
      </Form.Item>
    </FormModal>
  )
}
