import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { STATUS_CODES } from 'node:http'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { startCluster } from './cluster.ts'
import { migrate } from './migrate.ts'

// `npm run db:docs` writes db/ERRORS.md from app_hidden.error_codes() and from the server's own codes, on a throw-away
// cluster; a test compares the tracked page with what this makes.

export interface Refusal {
  code: string
  status: number
  message: string
  remedy: string
}

export const page = `${import.meta.dirname}/ERRORS.md`

export async function errorsPage(database: Pick<pg.Pool, 'query'>): Promise<string> {
  const { rows } = await database.query<Refusal>(
    'select code, status, message, remedy from app_hidden.error_codes() order by status, code'
  )
  return (
    [
      '# Errors',
      '',
      '<!-- Made by "npm run db:docs" from db/fixtures/base/errors.sql and server/refusals.ts: change those. -->',
      '',
      'Every refusal has a code that stays the same and a status, and says what was wrong and what to do. GraphQL',
      'has it in `errors[].extensions` (`code`, `status` and details), REST in `application/problem+json`.',
      'A row that you may not see and a row that does not exist get the same answer.',
      '',
      '## From the database',
      '',
      'SQLSTATE `RG` and the status; message: the code; detail: JSON with `message`, `remedy` and what it is about.',
      '',
      ...table(rows),
      ...(await serverSection(rows))
    ].join('\n') + '\n'
  )
}

async function serverSection(listed: Refusal[]): Promise<string[]> {
  const errors = (await serverErrors()).filter(({ code }) => !listed.some(row => row.code === code))
  if (errors.length === 0) return []
  const about = 'Refused before the database is asked, or what its failures become. Codes from above are used too.'
  return ['', '## From the server', '', about, '', ...table(errors)]
}

/** The server's own codes: its export httpErrors, a record of status, message and remedy by code. */
export async function serverErrors(): Promise<Refusal[]> {
  const file = new URL('../server/refusals.ts', import.meta.url)
  if (!existsSync(file)) return []
  const { httpErrors = {} } = (await import(file.href)) as { httpErrors?: Record<string, Omit<Refusal, 'code'>> }
  return Object.entries(httpErrors)
    .map(([code, { status, message, remedy }]) => ({ code, status, message, remedy }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
}

function table(refusals: Refusal[]): string[] {
  return [
    '| Code | Status | What was wrong | What to do |',
    '| --- | --- | --- | --- |',
    ...refusals.map(
      ({ code, status, message, remedy }) =>
        `| \`${code}\` | ${status} ${STATUS_CODES[status] ?? ''} | ${cell(message)} | ${cell(remedy)} |`
    )
  ]
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-docs-`)
  const cluster = await startCluster({ directory, settings: { fsync: 'off' } })
  try {
    const { databaseUrl } = await migrate({ adminUrl: cluster.url, database: 'rowgate' })
    const database = new pg.Pool({ connectionString: databaseUrl })
    await writeFile(page, await errorsPage(database))
    await database.end()
    // graphile-migrate keeps its connections for 200 ms, and ends the process when the server goes before them.
    await pause(300)
  } finally {
    await cluster.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
