import { ids, type Task } from '../../tasks.ts'

/** Tells one owner or admin that a budget's threshold was crossed. */
const alert: Task = async (payload, { ask, send }) => {
  const { organization_id, alert_id, user_id } = ids(payload, 'organization_id', 'alert_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.alert_mail($1, $2)', [alert_id, user_id])
  if (!mail) return
  const amount = (value: string) => `${mail.currency} ${value}`
  await send({
    id: `${alert_id}.${user_id}`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.organization}: ${mail.threshold} % of this month's budget is used`,
    text: [
      `Hello ${mail.name},`,
      '',
      `${mail.organization} has used ${amount(mail.spent)} of its monthly budget of ${amount(mail.monthly_limit)}:`,
      `the alert threshold of ${mail.threshold} % is crossed.`,
      '',
      `Usage that does not fit the budget is refused until it resets at ${mail.resets_at.toISOString()},`,
      'or until somebody who may changes the budget.',
      ''
    ].join('\n')
  })
}
export default alert
