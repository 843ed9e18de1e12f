import type pg from 'pg'
import { flight, type Opening } from '../pg.ts'
import type { KeyTally } from './key_tally.ts'
import type { MinuteReport } from './tally.ts'

/** A figure that the database tells: of the platform, or of one organization. */
export interface Figure {
  name: string
  organizationId: string | null
  currency: string
  value: number
}

/** Adds what was counted to the tenants' minutes, in one statement for all; answers their slugs by id. */
export async function recordHealth(
  pool: pg.Pool,
  opening: Opening,
  minutes: readonly MinuteReport[]
): Promise<Map<string, string>> {
  const { rows } = await flight(pool, opening, {
    name: 'record_health',
    text: 'select organization_id, slug from app_hidden.record_health($1)',
    values: [JSON.stringify(minutes)]
  })
  return new Map(rows.map(({ organization_id, slug }) => [organization_id, slug]))
}

/** Tells the keys what came in with them, in one statement for all; what the database does not take is counted on. */
export async function recordKeyUse(pool: pg.Pool, opening: Opening, tally: KeyTally): Promise<void> {
  const uses = tally.take()
  if (uses.length === 0) return
  try {
    await flight(pool, opening, {
      name: 'record_key_use',
      text: 'select app_hidden.record_key_use($1)',
      values: [JSON.stringify(uses)]
    })
  } catch (error) {
    tally.giveBack(uses)
    throw error
  }
}

export async function readFigures(pool: pg.Pool, opening: Opening, organizationIds: string[]): Promise<Figure[]> {
  const { rows } = await flight(pool, opening, {
    name: 'figures',
    text: 'select name, organization_id, currency, value from app_hidden.figures($1)',
    values: [organizationIds]
  })
  return rows.map(({ name, organization_id, currency, value }) => ({
    name,
    organizationId: organization_id,
    currency,
    value: Number(value)
  }))
}
