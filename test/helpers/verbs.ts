import type { PersonaName } from './stage.ts'
import type { World } from './world.ts'

/** What one value of one argument is answered with: the value, and the refusal. */
export type Bad = [value: unknown, refusal: string][]

/** A function of the API: how it is called rightly, by whom, and which values it refuses. */
export interface Verb {
  arguments(world: World): Record<string, unknown>
  /** Instead of the call itself, for a function whose argument is a row. */
  from?: string
  who: Record<PersonaName, string>
  /** For every argument the values that its right caller is refused with. A tenant's id is in `foreign` instead. */
  bad: Record<string, Bad>
  /** For every argument that is an id: one that exists in another organization. */
  foreign?(world: World): Record<string, string>
  /** How a foreign id is refused, if not as NOT_FOUND. */
  foreignAs?: string | Record<string, string>
  /** Other arguments than usual beside a foreign id. */
  foreignWith?: Record<string, unknown>
  /** Who calls it rightly, when it is not the owner. */
  by?: PersonaName
}

export const allowed = '1 row'
/** Who has no organization, no right to any verb, or a key that is no more. */
export const outsiders = {
  nobody: 'NO_ORGANIZATION',
  key: 'no grant',
  revokedKey: 'API_KEY_INVALID',
  anonymous: 'no grant'
} as const
/** Owners and admins; a stranger gets the given answer. */
export const managers = (stranger: string): Verb['who'] => ({
  owner: allowed,
  admin: allowed,
  member: 'FORBIDDEN',
  viewer: 'FORBIDDEN',
  lead: 'FORBIDDEN',
  otherTeam: 'FORBIDDEN',
  auditor: 'FORBIDDEN',
  // An admin, whose denials are of other things.
  denied: allowed,
  stranger,
  ...outsiders
})
/** Everybody who is signed in, in an organization or not. */
export const everyPerson: Verb['who'] = {
  ...managers(allowed),
  member: allowed,
  viewer: allowed,
  lead: allowed,
  otherTeam: allowed,
  auditor: allowed,
  nobody: allowed
}

/** Everybody who is in an organization. */
export const everyMember: Verb['who'] = { ...everyPerson, ...outsiders }
/** A row that is none of these people's. */
export const nobodyElse: Verb['who'] = {
  ...managers('NOT_FOUND'),
  owner: 'NOT_FOUND',
  admin: 'NOT_FOUND',
  member: 'NOT_FOUND',
  viewer: 'NOT_FOUND',
  lead: 'NOT_FOUND',
  otherTeam: 'NOT_FOUND',
  auditor: 'NOT_FOUND',
  denied: 'NOT_FOUND'
}

export const long = (length: number) => 'x'.repeat(length)
export const unknownId = '00000000-0000-7000-8000-000000000000'
export const amounts = (constraint: string): Bad => [
  ['-0.01', constraint],
  ['NaN', constraint],
  ['Infinity', constraint],
  ['-Infinity', constraint],
  ['0.0000000000001', constraint],
  ['1000000000000', constraint]
]
export const currencies = (constraint: string): Bad => [
  ['', constraint],
  ['usd', constraint],
  ['US', constraint],
  ['USDT', constraint],
  ['USD\n', constraint]
]
