export const statements = {
  hint: 'A month is closed some days after its end. What is booked later stands in the next statement as an adjustment.',
  empty: 'No month is closed yet.',
  number: 'Number',
  month: 'Month',
  amount: 'Used',
  adjustments: 'Adjustments',
  total: 'Total',
  closed: 'Closed on'
}
