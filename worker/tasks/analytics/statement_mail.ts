import { statement as words } from '../../letters/statement.ts'
import { ids, type Task } from '../../tasks.ts'

/** Tells somebody that a month is closed, and what it cost. */
const statementMail: Task = async (payload, { ask, send, page }) => {
  const { organization_id, statement_id, user_id } = ids(payload, 'organization_id', 'statement_id', 'user_id')
  const values = [statement_id, user_id]
  const [mail] = await ask(organization_id, 'select * from app_hidden.statement_mail($1, $2)', values)
  if (!mail) return
  const facts = { ...mail, link: page(`${mail.slug}/statements`) }
  await send({ id: `${statement_id}.${user_id}`, to: mail, words, facts })
  await ask(organization_id, 'select app_hidden.note_statement_mail($1, $2)', values)
}
export default statementMail
