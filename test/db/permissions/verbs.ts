import { allowed, everyPerson, outsiders, type Verb } from '../../helpers/verbs.ts'

export const verbs: Record<string, Verb> = {
  my_permissions: { arguments: () => ({}), who: { ...everyPerson, ...outsiders, key: allowed }, bad: {} }
}
