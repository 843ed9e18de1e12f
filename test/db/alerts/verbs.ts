import { amounts, long, managers, unknownId, type Bad, type Verb } from '../../helpers/verbs.ts'

const names: Bad = [
  ['', 'alert_channels_name_length'],
  [long(201), 'alert_channels_name_length'],
  ['two\nlines', 'alert_channels_name_length']
]
const ruleNames: Bad = names.map(([value]) => [value, 'alert_rules_name_length'])
const urls: Bad = [
  'ftp://hooks.example.com/',
  'http://hooks.example.com/',
  'https://user:password@hooks.example.com/',
  'https://hooks.example.com/#part',
  'https:///path',
  'hooks.example.com',
  'javascript:alert(1)',
  'https://hooks.example.com/two\nlines',
  `https://hooks.example.com/${long(2000)}`
].map(value => [value, 'alert_channels_url_form'])
const thresholds: Bad = [
  [[], 'alert_rules_thresholds_form'],
  [[0], 'alert_rules_thresholds_form'],
  [[1001], 'alert_rules_thresholds_form'],
  [Array.from({ length: 21 }, (_, n) => n + 1), 'alert_rules_thresholds_form']
]
const channels: Bad = [[[unknownId], 'NOT_FOUND']]
const one: Bad = [
  [null, 'NOT_FOUND'],
  [unknownId, 'NOT_FOUND']
]
const who = managers('NOT_FOUND')
const ofChannel = (more: Record<string, unknown> = {}): Pick<Verb, 'arguments' | 'who' | 'foreign'> => ({
  arguments: ({ alerts }) => ({ channel_id: alerts.acme.channel, ...more }),
  who,
  foreign: ({ alerts }) => ({ channel_id: alerts.other.channel })
})
const ofRule = (more: Record<string, unknown> = {}): Pick<Verb, 'arguments' | 'who' | 'foreign'> => ({
  arguments: ({ alerts }) => ({ rule_id: alerts.acme.rule, ...more }),
  who,
  foreign: ({ alerts }) => ({ rule_id: alerts.other.rule })
})

export const verbs: Record<string, Verb> = {
  create_alert_channel: {
    arguments: () => ({
      kind: 'webhook',
      name: 'New',
      url: 'https://hooks.example.com/a?b=c',
      user_id: null,
      digest: false
    }),
    who: managers('1 row'),
    bad: {
      kind: [
        [null, 'null in kind'],
        ['sms', 'alert_channels_kind_known'],
        ['email', 'alert_channels_form']
      ],
      name: [[null, 'null in name'], ...names],
      url: [[null, 'alert_channels_form'], ...urls],
      user_id: [[unknownId, 'NOT_FOUND']],
      digest: [
        [null, 'null in digest'],
        [true, 'alert_channels_form']
      ]
    },
    foreign: ({ people }) => ({ user_id: people.stranger })
  },
  update_alert_channel: {
    ...ofChannel({ name: 'Renamed', url: 'https://hooks.example.com/b', digest: null }),
    bad: { channel_id: one, name: names, url: urls, digest: [[true, 'alert_channels_form']] }
  },
  enable_alert_channel: { ...ofChannel(), bad: { channel_id: one } },
  rotate_alert_channel_secret: { ...ofChannel(), bad: { channel_id: one } },
  delete_alert_channel: { ...ofChannel(), bad: { channel_id: one } },
  create_alert_rule: {
    arguments: ({ alerts, budgets }) => ({
      kind: 'threshold',
      name: 'New',
      thresholds: [50, 90],
      budget_id: budgets.acme,
      resource: null,
      minimum: 0,
      channel_ids: [alerts.acme.channel]
    }),
    // Of the stranger's organization it is another budget, and another channel.
    who,
    bad: {
      kind: [
        [null, 'null in kind'],
        ['weather', 'alert_rules_budget_kind'],
        ['spike', 'alert_rules_budget_kind'],
        ['forecast', 'alert_rules_thresholds_form']
      ],
      name: [[null, 'null in name'], ...ruleNames],
      thresholds,
      budget_id: [[unknownId, 'NOT_FOUND']],
      resource: [
        ['seats', 'alert_rules_resource_kind'],
        ['', 'alert_rules_resource_kind']
      ],
      minimum: [['5', 'alert_rules_minimum_kind'], [null, 'null in minimum'], ...amounts('alert_rules_minimum_kind')],
      channel_ids: channels
    },
    foreign: ({ budgets }) => ({ budget_id: budgets.other })
  },
  update_alert_rule: {
    ...ofRule({ name: 'Renamed', thresholds: [60], minimum: null, channel_ids: [] }),
    bad: {
      rule_id: one,
      name: ruleNames,
      thresholds,
      minimum: [['5', 'alert_rules_minimum_kind'], ...amounts('alert_rules_minimum_kind')],
      channel_ids: channels
    }
  },
  mute_alert_rule: {
    ...ofRule({ until: '2999-01-01T00:00:00Z' }),
    bad: { rule_id: one, until: [[null, 'INVALID_INPUT']] }
  },
  delete_alert_rule: { ...ofRule(), bad: { rule_id: one } },
  acknowledge_alert: {
    arguments: ({ alerts }) => ({ alert_id: alerts.acme.event }),
    who,
    bad: { alert_id: one },
    foreign: ({ alerts }) => ({ alert_id: alerts.other.event })
  },
  resend_alert: {
    arguments: ({ alerts }) => ({ delivery_id: alerts.acme.delivery }),
    who,
    bad: { delivery_id: one },
    foreign: ({ alerts }) => ({ delivery_id: alerts.other.delivery })
  }
}
