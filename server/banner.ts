import type { DemoSummary } from '../db/demo.ts'

export interface BannerFacts {
  url: string
  place: string
  dataDirectory: string
  explorer: boolean
  demo: DemoSummary | null
}

export function banner({ url, place, dataDirectory, explorer, demo }: BannerFacts): string {
  return [
    '',
    `Rowgate runs at ${url}`,
    '',
    ...table([
      ['Console', `${url}/console`],
      ['GraphQL', `${url}/graphql`],
      ...(explorer ? [['GraphiQL', `${url}/`]] : []),
      ['Tokens', `${url}/auth/token`],
      ['Database', place],
      ['Secrets, mail', dataDirectory]
    ]),
    ...(demo
      ? ['', 'Demo sign-ins', ...table(demo.people.map(({ email, password, role }) => [email, password, role]))]
      : []),
    '',
    'Try it',
    `  ${demo ? readOrganization(url, demo.apiKey) : `curl -s ${url}/readyz`}`,
    '',
    'Ctrl-C stops everything.'
  ].join('\n')
}

function readOrganization(url: string, apiKey: string): string {
  return `curl -s ${url}/graphql -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '{"query":"{ organizations { nodes { name plan } } }"}'`
}

function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(
    row =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}`
  )
}
