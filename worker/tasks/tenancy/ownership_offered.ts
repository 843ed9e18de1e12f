import { ownership as words } from '../../letters/ownership.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells a member that they are offered the ownership of an organization. */
const ownershipOffered: Task = async (payload, { ask, send }) => {
  const { organization_id, transfer_id } = ids(payload, 'organization_id', 'transfer_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.ownership_mail($1)', [transfer_id])
  if (mail) await send({ id: `${transfer_id}.offered`, to: mail, words, facts: mail })
}
export default ownershipOffered
