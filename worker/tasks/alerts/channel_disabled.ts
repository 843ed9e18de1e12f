import { channelDisabled as words } from '../../letters/channel_disabled.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells one of those who manage alerts that a channel takes nothing any more. */
const channelDisabled: Task = async (payload, { ask, send }) => {
  const { organization_id, channel_id, user_id } = ids(payload, 'organization_id', 'channel_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.channel_disabled_mail($1, $2)', [
    channel_id,
    user_id
  ])
  if (!mail) return
  await send({ id: `${channel_id}.${user_id}.${mail.failing_since.getTime()}`, to: mail, words, facts: mail })
}
export default channelDisabled
