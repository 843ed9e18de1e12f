import { allowed, long, managers, type Verb } from '../../helpers/verbs.ts'

const lines = (who: Verb['who']) =>
  Object.fromEntries(Object.entries(who).map(([name, answer]) => [name, answer === allowed ? '5 rows' : answer]))

export const verbs: Record<string, Verb> = {
  change_plan: {
    arguments: () => ({ plan: 'pro' }),
    who: { ...managers(allowed), admin: 'FORBIDDEN', denied: 'FORBIDDEN' },
    bad: {
      plan: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['PRO', 'INVALID_INPUT'],
        // Nine people.
        ['free', 'PLAN_TOO_SMALL']
      ]
    }
  },
  quota: {
    arguments: ({ acme }) => ({ organization_id: acme }),
    who: { ...lines(managers('TENANT_FORBIDDEN')), nobody: 'TENANT_FORBIDDEN', key: 'FORBIDDEN' } as Verb['who'],
    bad: { organization_id: [] },
    foreign: ({ other }) => ({ organization_id: other }),
    foreignAs: 'TENANT_FORBIDDEN'
  },
  report_storage: {
    arguments: () => ({ bytes: 1000, source: 'uploads', measured_at: null }),
    who: { ...managers(allowed), key: allowed },
    bad: {
      bytes: [
        [null, 'null in bytes'],
        [-1, 'storage_use_bytes_range'],
        ['1000000000000000', 'storage_use_bytes_range']
      ],
      source: [
        [null, 'null in source'],
        ['', 'storage_use_source_length'],
        [long(201), 'storage_use_source_length']
      ],
      measured_at: [
        ['infinity', 'INVALID_INPUT'],
        ['-infinity', 'storage_use_measured_at_finite']
      ]
    }
  }
}
