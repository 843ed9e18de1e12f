import type pg from 'pg'
import { flight } from '../server/pg.ts'

export type AskAsJob = (organizationId: string | null, text: string, values: unknown[]) => Promise<any[]>

/** Reads and writes inside one tenant, or none. The only place of the worker that sets claims or a role. */
export const asJob =
  (pool: pg.Pool): AskAsJob =>
  async (organizationId, text, values) => {
    const opening = {
      statements: [
        { name: 'resolve_job', text: 'select app_hidden.resolve_job($1)', values: [organizationId] },
        { name: 'set_role', text: 'set local role rowgate_job' }
      ]
    }
    return [...(await flight(pool, opening, { text, values })).rows]
  }
