import { invitation as words } from '../../letters/invitation.ts'
import { newSecret } from '../../mail.ts'
import { ids, type Task } from '../../tasks.ts'

/** Sends an invitation. Its secret is made here and nowhere else: the database gets the hash, the mail the secret. */
const invitation: Task = async (payload, { ask, send, link }) => {
  const { organization_id, invitation_id } = ids(payload, 'organization_id', 'invitation_id')
  const { secret, hash } = newSecret('rgi_')
  const [mail] = await ask(organization_id, 'select * from app_hidden.invitation_mail($1, $2)', [invitation_id, hash])
  if (!mail) return
  await send({
    // Each attempt carries another secret, so it is another mail.
    id: `${invitation_id}.${hash.toString('hex').slice(0, 16)}`,
    to: mail,
    words,
    facts: { ...mail, target: link('accept-invitation', secret) }
  })
}
export default invitation
