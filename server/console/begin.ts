import { askEarly } from './api/client.ts'
import { refresh, sessionState } from './api/session.ts'
import { inside, organizationShell, outside, own, shell, type Load } from './places.ts'
import { MyOrganizations } from './shell/mine.ts'
import { MyRights } from './shell/rights.ts'

// The first script: everything that the page of this address will need is on its way before React is there to draw it. What is asked
// for is what the page would ask itself; it draws whatever the server answers.

const [first = '', page = ''] = window.location.pathname.replace(/^\/console\/?/, '').split('/')
const search = new URLSearchParams(window.location.search)
const known = (of: Record<string, Load>, name: string): Load | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined

async function signedIn(): Promise<void> {
  await refresh()
  if (sessionState() !== 'in') return
  const mine = askEarly(undefined, MyOrganizations, {})
  const rights = first && !known(own, first) && askEarly(first, MyRights, {})
  const organization = (await mine).data?.organizations?.nodes.find(node => node!.slug === first)
  if (organization) void known(inside, page)?.().then(({ questions }) => questions?.(organization, search))
  await rights
}

async function begin(): Promise<void> {
  const loads = known(outside, first)
    ? [known(outside, first)]
    : [shell, known(own, first) ?? organizationShell, known(inside, page)]
  const loading = Promise.all(loads.map(load => load?.()))
  if (!known(outside, first)) await signedIn()
  await loading
}

/** Never rejected: what did not come, the page asks for again, and says so. */
export const begun: Promise<unknown> = begin().catch(() => {})
