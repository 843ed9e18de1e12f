import { requested as words } from '../../letters/join.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells one of those who may decide that somebody waits to be let in. */
const requested: Task = async (payload, { ask, send }) => {
  const { organization_id, join_request_id, user_id } = ids(payload, 'organization_id', 'join_request_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.join_requested_mail($1, $2)', [
    join_request_id,
    user_id
  ])
  if (!mail) return
  await send({ id: `${join_request_id}.${user_id}`, to: mail, words, facts: mail })
}
export default requested
