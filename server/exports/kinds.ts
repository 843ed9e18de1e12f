/** So many rows are in memory at a time, and in one transaction. */
export const rowsOfPage = 2_000

/** What can be exported: each a question to the database, which answers what its caller may see. Amounts stay the text that PostgreSQL writes. */
export interface Kind {
  summary: string
  description: string
  parameters: readonly (keyof typeof parameters)[]
  /** In the order of the query; numbers are written as they are, text is made harmless. */
  columns: readonly Column[]
  /** One page; its parameters are those above, and what `first` adds to them. */
  query: string
  first?: (values: Values, mark: string) => Values
  /** The values for the page behind the one whose last row this is; without it there is one page. */
  next?: (values: Values, last: Row) => Values
}

export type Row = (string | number | null)[]
export type Values = readonly (string | number | null)[]

export interface Column {
  name: string
  is: 'text' | 'number'
}

const time = { type: 'string', format: 'date-time' }
const id = { type: 'string', format: 'uuid' }
export const parameters = {
  since: { required: true, schema: time, description: 'From this instant on.' },
  until: { required: false, schema: time, description: 'Up to this instant, exclusive; now unless told.' },
  group_by: {
    required: false,
    schema: { enum: ['service', 'model', 'team', 'user', 'key'] },
    description: 'model unless told.'
  },
  service: { required: false, schema: { type: 'string' }, description: 'Only of this service.' },
  model: { required: false, schema: { type: 'string' }, description: 'Only of this model.' },
  team_id: { required: false, schema: id, description: 'Only of this team.' },
  user_id: { required: false, schema: id, description: 'Only of this person.' },
  api_key_id: { required: false, schema: id, description: 'Only of this API key.' },
  number: { required: true, schema: { type: 'integer', minimum: 1 }, description: "The statement's number." }
}

const at = (column: string) => `app_hidden.as_instant(${column})`
/** Written out: a function for each of millions of records takes as long as all the rest. */
const exactly = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
/**
 * Whether what is seen now was committed when the mark was taken. A record of a transaction that is still to come is of a database that
 * was restored: it was there. Written out for the same reason.
 */
const wasThere = (mark: string) => `(
            pg_visible_in_snapshot(records.written_in::text::xid8, ${mark})
            or records.written_in::text::xid8 >= (select pg_snapshot_xmax(pg_current_snapshot())))`
const noId = '00000000-0000-0000-0000-000000000000'
const text = (...names: string[]): Column[] => names.map(name => ({ name, is: 'text' }))
const numbers = (...names: string[]): Column[] => names.map(name => ({ name, is: 'number' }))
const figures = ['records', 'requests', 'tokens_in', 'tokens_out', 'errors', 'cost', 'share', 'cost_before', 'change']

export const kinds = {
  usage: {
    summary: 'Export usage records',
    description:
      'Every record that you may see and that is still kept, by the time when it occurred; the sum of "charged" over a month is that of its statement.',
    parameters: ['since', 'until'],
    columns: [
      ...text(
        'id',
        'occurred_at',
        'kind',
        'team_id',
        'team',
        'user_id',
        'user',
        'api_key_id',
        'api_key',
        'service',
        'model'
      ),
      ...numbers('requests', 'tokens_in', 'tokens_out', 'errors', 'cost'),
      ...text('currency', 'pricing'),
      ...numbers('exchange_rate', 'charged'),
      ...text('charged_currency')
    ],
    query: `
      with page as materialized (
        select records.*
        from app_public.usage_records as records
        where records.occurred_at >= $1::timestamptz and records.occurred_at < $2::timestamptz
          and (records.occurred_at > $1::timestamptz or records.id > $4::uuid)
          -- Of what is older some may be gone already.
          and records.occurred_at >= (select coalesce(kept_since, '-infinity') from app_hidden.rolled_up())
          and ${wasThere("(select split_part($3, ' ', 1)::pg_snapshot)")}
        order by records.occurred_at, records.id
        limit ${rowsOfPage}
      )
      select page.id, ${exactly('page.occurred_at')}, page.kind, page.team_id, teams.name, page.user_id,
        -- One by one: of all people of the platform nobody knows an organization's before the policy.
        (select users.name from app_public.users where users.id = page.user_id), page.api_key_id,
        keys.name, page.service, page.model, page.requests, page.tokens_in, page.tokens_out, page.errors, page.cost, page.currency,
        page.pricing, page.exchange_rate, page.charged, page.charged_currency
      from page
        left join app_public.teams on teams.id = page.team_id
        left join app_public.org_api_keys as keys on keys.id = page.api_key_id
      order by page.occurred_at, page.id`,
    first: (values, mark) => [...values, mark, noId],
    next: ([, until, mark], [id, occurredAt]) => [occurredAt!, until!, mark!, id!]
  },
  breakdown: {
    summary: 'Export the usage breakdown',
    description: 'As usageBreakdown answers it, with up to 1,000 groups and the rest as one.',
    parameters: ['since', 'until', 'group_by', 'service', 'model', 'team_id', 'user_id', 'api_key_id'],
    columns: [
      ...text('service', 'model', 'team_id', 'user_id', 'api_key_id', 'label', 'other', 'currency'),
      ...numbers(...figures)
    ],
    query: `
      select service, model, team_id, user_id, api_key_id, label, other::text, currency, ${figures.join(', ')}
      from app_public.usage_breakdown(
        $1::timestamptz, $2::timestamptz, coalesce($3, 'model'), 1000, $4, $5, $6::uuid, $7::uuid, $8::uuid)`
  },
  members: {
    summary: 'Export what each member used',
    description: 'As usageByMember answers it.',
    parameters: ['since', 'until'],
    columns: [...text('user_id', 'member', 'currency'), ...numbers(...figures)],
    query: `
      select user_id, label, currency, ${figures.join(', ')}
      from app_public.usage_by_member($1::timestamptz, $2::timestamptz)`
  },
  statement: {
    summary: 'Export a statement',
    description: 'The lines of a closed month; their sum is its total.',
    parameters: ['number'],
    columns: [
      ...numbers('statement'),
      ...text('kind', 'month_starts_at', 'month_ends_at', 'service', 'model', 'team_id', 'team'),
      ...numbers('records', 'requests', 'tokens_in', 'tokens_out', 'errors', 'amount'),
      ...text('currency')
    ],
    query: `
      select statements.number, lines.kind, ${at('lines.starts_at')}, ${at('lines.ends_at')}, lines.service, lines.model, lines.team_id,
        teams.name, lines.records, lines.requests, lines.tokens_in, lines.tokens_out, lines.errors, lines.amount, statements.currency
      from app_public.statements
        join app_public.statement_lines as lines on lines.statement_id = statements.id
        left join app_public.teams on teams.id = lines.team_id
      where statements.number = $1::int
      order by lines.starts_at, lines.service, lines.model, lines.team_id, lines.kind, lines.id
      offset $2 limit ${rowsOfPage}`,
    // What is closed stays as it is.
    first: values => [...values, 0],
    next: ([number, read]) => [number!, Number(read) + rowsOfPage]
  }
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds
