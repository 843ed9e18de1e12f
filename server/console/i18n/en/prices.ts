export const prices = {
  own: 'Own prices',
  list: 'List prices',
  set: 'Set own prices',
  reset: 'Back to the list',
  resetTitle: 'Charge {{model}} by the list again?',
  resetHint: 'All own prices of this model end now. What was charged stays.',
  noOwn: 'There are no own prices: the list holds.',
  noList: 'There is no such price.',
  search: 'Model, in full',
  for: 'For',
  price: 'Price of one',
  from: 'From',
  to: 'Until',
  above: 'with at least {{tokens}} tokens',
  currency: 'Currency',
  formHint: 'Each in money for one. What is left empty has no price.',
  units: {
    inputToken: 'Input token',
    cachedInputToken: 'Cached input token',
    outputToken: 'Output token',
    request: 'Request'
  }
}
