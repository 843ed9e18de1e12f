import type pg from 'pg'
import { anonymous, openRequest } from './claims.ts'
import { flight } from './pg.ts'

/** The words for refusals, which stand in the database: errors by code, and the rule of each constraint by its name. */
export interface Vocabulary {
  errors: ReadonlyMap<string, { status: number; message: string; remedy: string }>
  rules: ReadonlyMap<string, string>
}

/** Read once at start. Throws when the database is out of reach or not migrated. */
export async function loadVocabulary(pool: pg.Pool): Promise<Vocabulary> {
  const opening = openRequest(anonymous, undefined, 'start')
  const errors = await flight(pool, opening, {
    text: 'select code, status, message, remedy from app_hidden.error_codes()'
  })
  const rules = await flight(pool, opening, { text: 'select name, rule from app_hidden.constraint_rules()' })
  return {
    errors: new Map(errors.rows.map(({ code, ...words }) => [code, words])),
    rules: new Map(rules.rows.map(({ name, rule }) => [name, rule]))
  }
}
