import { budgets } from './budgets.ts'
import { common, nav } from './common.ts'
import { session } from './session.ts'
import { tenancy } from './tenancy.ts'

export default { common, nav, session, tenancy, budgets }
