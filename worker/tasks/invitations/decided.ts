import { decided as words } from '../../letters/join.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells whoever asked to join what was decided. */
const decided: Task = async (payload, { ask, send }) => {
  const { organization_id, join_request_id } = ids(payload, 'organization_id', 'join_request_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.join_decided_mail($1)', [join_request_id])
  if (!mail) return
  await send({ id: `${join_request_id}.decided`, to: mail, words, facts: mail })
}
export default decided
