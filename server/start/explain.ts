import { ConfigError } from '../config.ts'

/** What PostgreSQL answers to the first question at start, as a line that says what to do; anything else stays as it is. */
export function explainStart(error: unknown, login: string): unknown {
  const { code } = (error ?? {}) as { code?: string }
  if (code && ['3F000', '42P01', '42883'].includes(code)) {
    return new ConfigError('The database is not migrated: run "npm run migrate" first.')
  }
  if (code === '42501') return new ConfigError(`DATABASE_URL must name the login ${login}.`)
  return error
}
