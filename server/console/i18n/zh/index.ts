import { alerts } from './alerts.ts'
import { audit } from './audit.ts'
import { budgets } from './budgets.ts'
import { common, nav } from './common.ts'
import { keys } from './keys.ts'
import { invitations, members } from './members.ts'
import { health, plans } from './plans.ts'
import { prices } from './prices.ts'
import { roles } from './roles.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { statements } from './statements.ts'
import { teams } from './teams.ts'
import { tenancy } from './tenancy.ts'
import { usage } from './usage.ts'

export default {
  common,
  nav,
  session,
  tenancy,
  members,
  invitations,
  teams,
  roles,
  alerts,
  budgets,
  usage,
  keys,
  plans,
  settings,
  health,
  statements,
  prices,
  audit
}
