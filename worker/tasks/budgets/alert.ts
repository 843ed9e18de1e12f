import { ids, type Task } from '../../tasks.ts'

/** Tells one recipient that a budget's threshold was crossed. */
const alert: Task = async (payload, { ask, send }) => {
  const { organization_id, alert_id, user_id } = ids(payload, 'organization_id', 'alert_id', 'user_id')
  const [mail] = await ask(organization_id, 'select * from app_hidden.alert_mail($1, $2)', [alert_id, user_id])
  if (!mail) return
  const amount = (value: string) => (/^[A-Z]{3}$/.test(mail.unit) ? `${mail.unit} ${value}` : `${value} ${mail.unit}`)
  await send({
    id: `${alert_id}.${user_id}`,
    to: { name: mail.name, address: mail.email },
    subject: `${mail.organization}: ${mail.threshold} % of a budget is used`,
    text: [
      `Hello ${mail.name},`,
      '',
      `${mail.of_what} has used ${amount(mail.used)} of its budget of ${amount(mail.limit_amount)}:`,
      `the alert threshold of ${mail.threshold} % is crossed.`,
      '',
      mail.policy === 'allow'
        ? 'Usage above the budget is let through.'
        : `Usage that does not fit the budget is refused${mail.resets_at ? ` until it resets at ${mail.resets_at.toISOString()}` : ''}, or until somebody who may changes it.`,
      ''
    ].join('\n')
  })
}
export default alert
