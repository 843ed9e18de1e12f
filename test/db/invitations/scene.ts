import { createHash, randomBytes } from 'node:crypto'
import { found, type Organization } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { value, type Stage } from '../../helpers/stage.ts'

export const accept = 'select * from app_hidden.accept_invitation($1)'
export type Acme = Organization<'owner' | 'admin' | 'member'>

/** What the tests of invitations and join codes need: an organization, people without one, and secrets as the worker makes them. */
export function scene(stage: Stage) {
  const acme = (): Promise<Acme> => found(stage, { owner: 'owner', admin: 'admin', member: 'member' })

  /** Somebody with an account and no organization. */
  async function somebody(verified = true, email = `${randomBytes(6).toString('hex')}@example.com`) {
    const id = await value<string>(
      stage,
      `insert into app_public.users (email, name, email_verified_at)
     values ($1, 'somebody', case when $2 then now() end) returning id`,
      [email, verified]
    )
    return { id, email, persona: await stage.asUser(id) }
  }

  /** Invites, and notes a secret as the worker does when it sends the mail. */
  async function invite(by: Persona, email: string, more = '') {
    const { rows } = await by(`select * from app_public.invite_member($1${more})`, [email])
    return { id: rows[0]!['id'] as string, hash: await send(rows[0]!['id']) }
  }
  async function send(id: string): Promise<Buffer> {
    const hash = createHash('sha256').update(randomBytes(32)).digest()
    await stage.admin.query(
      `insert into app_private.invitation_tokens (token_hash, organization_id, invitation_id)
     select $1, organization_id, id from app_public.invitations where id = $2`,
      [hash, id]
    )
    return hash
  }
  async function link(by: Persona, more = '') {
    const { rows } = await by(`select code, (join_link).id from app_public.create_join_link(${more})`)
    return { id: rows[0]!['id'] as string, hash: createHash('sha256').update(rows[0]!['code']).digest() }
  }
  const roleOf = async (organization: Acme, userId: string): Promise<string | undefined> =>
    (
      await stage.admin.query('select role from app_public.members where organization_id = $1 and user_id = $2', [
        organization.id,
        userId
      ])
    ).rows[0]?.role
  const jobs = async (task: string, id: string) =>
    value<number>(
      stage,
      'select count(*)::int from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks on tasks.id = task_id where identifier = $1 and payload::text like $2',
      [task, `%${id}%`]
    )

  return { acme, somebody, invite, send, link, roleOf, jobs }
}
