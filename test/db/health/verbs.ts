import { allowed, managers, type Verb } from '../../helpers/verbs.ts'

export const verbs: Record<string, Verb> = {
  health: {
    arguments: () => ({ minutes: 60 }),
    who: managers(allowed),
    bad: {
      minutes: [
        [0, 'INVALID_INPUT'],
        [-1, 'INVALID_INPUT'],
        [10081, 'INVALID_INPUT'],
        [null, 'INVALID_INPUT']
      ]
    }
  }
}
