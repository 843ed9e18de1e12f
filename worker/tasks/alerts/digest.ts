import { digest as words } from '../../letters/digest.ts'
import { ids, type Task } from '../../tasks.ts'

/** Sends one person all alerts that have waited, as one e-mail. */
const digest: Task = async (payload, { ask, send }) => {
  const { organization_id, digest_id } = ids(payload, 'organization_id', 'digest_id')
  const alerts = await ask(organization_id, 'select * from app_hidden.begin_digest($1)', [digest_id])
  const [first] = alerts
  if (!first) return
  await send({ id: digest_id, to: first, words, facts: { organization: first.organization, alerts } })
  await ask(organization_id, 'select app_hidden.end_digest($1)', [digest_id])
}
export default digest
