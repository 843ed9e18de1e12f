import { allowed, currencies, long, managers, type Bad, type Verb } from '../../helpers/verbs.ts'

const table = 'organization_model_prices'
const amounts: Bad = [
  ['-0.000001', `${table}_price_range`],
  ['NaN', `${table}_price_range`],
  ['Infinity', `${table}_price_range`],
  ['0.0000000000000000001', `${table}_price_range`],
  ['1000000000000', `${table}_price_range`]
]
const labels = (column: string): Bad => [
  [null, `null in ${column}`],
  ['', `${table}_${column}_length`],
  [long(201), `${table}_${column}_length`]
]
const moments: Bad = [
  ['infinity', 'INVALID_INPUT'],
  ['-infinity', 'INVALID_INPUT']
]

export const verbs: Record<string, Verb> = {
  set_model_price: {
    arguments: () => ({
      service: 'openai',
      model: 'gpt-5',
      currency: 'EUR',
      input_token: '0.000001',
      output_token: null,
      cached_input_token: null,
      request: null,
      effective_from: null
    }),
    who: managers(allowed),
    bad: {
      service: labels('service'),
      model: labels('model'),
      currency: [[null, 'null in currency'], ...currencies(`${table}_currency_form`)],
      input_token: [[null, 'INVALID_INPUT'], ...amounts],
      output_token: amounts,
      cached_input_token: amounts,
      request: amounts,
      effective_from: moments
    }
  },
  reset_model_price: {
    arguments: () => ({ service: 'openai', model: 'gpt-4o', effective_from: null }),
    who: managers(allowed),
    bad: {
      service: [
        [null, 'NOT_FOUND'],
        ['azure', 'NOT_FOUND']
      ],
      model: [
        [null, 'NOT_FOUND'],
        ['gpt-5', 'NOT_FOUND'],
        // The price is the model's, not its other name's.
        ['gpt-4o-2024-08-06', 'NOT_FOUND']
      ],
      effective_from: moments
    }
  }
}
