import { createHash, randomBytes } from 'node:crypto'
import { value, type Stage } from '../../helpers/stage.ts'

export const confirm = 'select app_hidden.confirm_email($1) as status'
export const reset = 'select app_hidden.reset_password($1, $2, $3)'
export const stretched = (password: string) => Buffer.from(`stretched ${password}`)

/** What the tests of accounts need: people, and the secrets that the worker makes when it sends them mail. */
export function scene(stage: Stage) {
  async function registered(verified = true) {
    const email = `${randomBytes(6).toString('hex')}@example.com`
    await stage.cast.anonymous('select app_hidden.register($1, $2, $3, $4)', [
      email,
      'Ada',
      randomBytes(16),
      stretched('old')
    ])
    const id = await value<string>(stage, 'select id from app_public.users where email = $1', [email])
    if (verified) {
      await stage.admin.query('update app_public.users set email_verified_at = now() where id = $1', [id])
      await stage.admin.query('delete from app_private.account_links where user_id = $1', [id])
    }
    return { id, email, persona: await stage.asUser(id) }
  }

  /** The hash of a secret as the worker notes it when it sends the mail; none when there is no such link. */
  async function mailed(userId: string, purpose: string, side = 'current'): Promise<Buffer> {
    const hash = createHash('sha256').update(randomBytes(32)).digest()
    await stage.admin.query(
      `insert into app_private.account_link_tokens
     select $1, id, $4 from app_private.account_links where user_id = $2 and purpose = $3`,
      [hash, userId, purpose, side]
    )
    return hash
  }
  const jobs = (task: string) =>
    value<number>(stage, 'select count(*)::int from graphile_worker.jobs where task_identifier = $1', [task])
  const account = (id: string) =>
    stage.admin
      .query('select email, email_verified_at is not null as verified from app_public.users where id = $1', [id])
      .then(({ rows }) => rows[0])
  const later = (minutes: number) =>
    stage.admin.query('update app_private.account_links set created_at = created_at - make_interval(mins => $1)', [
      minutes
    ])

  return { registered, mailed, jobs, account, later }
}
