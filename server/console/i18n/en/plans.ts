export const plans = {
  used: 'Used of the plan {{plan}}',
  unlimited: 'any number',
  over: '{{amount}} above',
  yours: 'Yours',
  agreed: 'By agreement',
  aMonth: '{{price}} a month',
  change: 'Change to it',
  changeTitle: 'Change to {{plan}}?',
  changeHint: 'It counts at once.',
  resources: {
    seats: 'People',
    storage: 'Storage',
    api_calls: 'API calls a month',
    teams: 'Teams',
    api_keys: 'API keys'
  }
}

export const health = {
  lastHour: 'The last hour',
  perSecond: 'Requests a second',
  errorRate: 'Failed on our side',
  mean: 'Answered within, on average',
  slowest: 'Slowest answer',
  jobs: 'Jobs done',
  refused: 'Refused, by a budget for example',
  milliseconds: '{{count}} ms',
  incidents: 'Incidents',
  noIncidents: 'There was no incident.',
  failing: 'More than 5 % of the requests fail at this time.',
  fine: 'Everything is answered.',
  began: 'Began',
  ended: 'Ended',
  goingOn: 'goes on',
  requests: 'Requests',
  errors: 'Errors',
  minutes: 'Requests by minute',
  noMinutes: 'There was no request in the last hour.'
}
