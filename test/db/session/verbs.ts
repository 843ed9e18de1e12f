import { everyPerson, type Verb } from '../../helpers/verbs.ts'

export const verbs: Record<string, Verb> = {
  me: { arguments: () => ({}), who: everyPerson, bad: {} },
  sign_out: { arguments: () => ({}), who: everyPerson, bad: {} }
}
