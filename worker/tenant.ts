import type pg from 'pg'
import { flight, type Opening } from '../server/pg.ts'

export type AskAsJob = (organizationId: string | null, text: string, values: unknown[]) => Promise<any[]>

/** Reads and writes inside one tenant, or none. The only place of the worker that sets claims or a role. */
export const asJob =
  (pool: pg.Pool): AskAsJob =>
  async (organizationId, text, values) => {
    return [...(await flight(pool, opening(organizationId, 'rowgate_job'), { text, values })).rows]
  }

/** Opens what the worker does on its own account: reporting how its jobs went. */
export const openMonitor = (): Opening => opening(null, 'rowgate_monitor')

/** Opens what reads for an export that is being made: as whoever asked for it, whom the database knows. */
export const openExport = (exportId: string): Opening => ({
  statements: [
    { name: 'resolve_export', text: 'select app_hidden.resolve_export($1)', values: [exportId] },
    { name: 'set_role', text: 'set local role rowgate_user' }
  ],
  plannedFor: 'rowgate_user'
})

const opening = (organizationId: string | null, role: 'rowgate_job' | 'rowgate_monitor'): Opening => ({
  statements: [
    { name: 'resolve_job', text: 'select app_hidden.resolve_job($1)', values: [organizationId] },
    { name: 'set_role', text: `set local role ${role}` }
  ]
})
