import type { TestFn } from 'ava'
import { readFileSync } from 'node:fs'
import { startApi, type Api } from '../helpers/api.ts'
import { loadDemo } from '../../db/demo.ts'

/** The demo's people on a server of their own: what `npm start` shows. */
export const people = {
  owner: 'john@techcorp.example',
  admin: 'jane@techcorp.example',
  member: 'alice@techcorp.example',
  stranger: 'bob@startupio.example'
}
export const password = 'rowgate-demo'

/** The addresses of the console's pages, from the table that loads them. */
export function pagesOf(part: 'outside' | 'own' | 'inside'): string[] {
  const places = readFileSync(`${import.meta.dirname}/../../server/console/places.ts`, 'utf8')
  const [, table = ''] = new RegExp(`export const ${part} = {(.*?)\\n}`, 's').exec(places) ?? []
  const paths = [...table.matchAll(/^  '?([a-z-]+)'?: /gm)].map(([, path]) => path!)
  if (paths.length === 0) throw new Error(`places.ts has no table "${part}".`)
  return paths
}

/** A server with the demo data for the tests of a file, there as soon as the first one runs. */
export function openConsole(test: TestFn, prepare?: (api: Api) => Promise<void>): Api {
  const api = {} as Api
  test.before(async () => {
    Object.assign(api, await startApi())
    await loadDemo({ databaseUrl: api.database.url })
    await prepare?.(api)
  })
  test.after.always(async () => {
    await api.close?.()
  })
  return api
}

/** An alert of every kind in the demo's organization, with what its channels send. */
export async function raiseAlerts({ database }: Api): Promise<void> {
  const budget = { level: 'team', of: 'Backend Squad', unit: 'USD', policy: 'block', limit: '500', used: '412.5' }
  const moment = '2026-11-20T10:00:00Z'
  const facts = {
    threshold: { ...budget, threshold: 80 },
    forecast: { ...budget, expected: '630', low: '560', high: '700', runs_out_on: moment },
    spike: { day: '2026-11-20', threshold: 200, cost: '93.1', usual: '41.2', unit: 'USD' },
    errors: { state: 'began', threshold: 5, started_at: moment, requests: 1200, errors: 84 },
    key_expiry: { key_name: 'gpt', key_prefix: 'rg_live_abc', expires_at: moment, days: 3 },
    quota: { resource: 'seats', threshold: 80, limit: '10', used: '8' },
    unpriced: { service: 'openai', model: 'gpt-9' }
  }
  await database.admin.query(
    `insert into app_public.alert_rules (organization_id, kind, name, thresholds)
     select id, kind, 'TechCorp', thresholds::int[]
     from app_public.organizations, (values ('forecast', null), ('spike', '{200}')) as missing (kind, thresholds)
     where slug = 'techcorp'`
  )
  await database.admin.query(
    `select app_hidden.raise_alert(rules, 'scene', facts.value)
     from app_public.alert_rules as rules
       join app_public.organizations on organizations.id = rules.organization_id and slug = 'techcorp'
       join jsonb_each($1) as facts on facts.key = rules.kind`,
    [facts]
  )
}
