export const audit = {
  filter: 'Action, such as api_key:created',
  empty: 'Nothing was changed.',
  at: 'When',
  action: 'Action',
  details: 'Details',
  actor: 'Who',
  platform: 'the platform',
  request: 'Request {{id}}'
}
