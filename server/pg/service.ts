import type { PgClient, PgClientQuery, WithPgClient } from '@dataplan/pg'
import { PgSubscriber } from '@dataplan/pg/adaptors/pg'
import type { Pool } from 'pg'
import { flight } from './flight.ts'
import { assertOpening } from './statement.ts'
import type { Opening } from './statement.ts'
import { transaction } from './transaction.ts'

declare global {
  namespace GraphileConfig {
    interface PgAdaptors {
      rowgate: {
        adaptorSettings: AdaptorSettings | undefined
        makePgServiceOptions: PgServiceOptions
        client: PgClient
      }
    }
  }
}

interface AdaptorSettings {
  pool: Pool
  onStatement?: PgServiceOptions['onStatement']
}

export interface PgServiceOptions {
  pool: Pool
  schemas: string[]
  /** Whether subscriptions may LISTEN; the first one takes a connection of the pool for good. */
  pubsub?: boolean
  /** The opening for a request, unless something else puts it into the GraphQL context as `pgSettings`. */
  opening?: (requestContext: Partial<Grafast.RequestContext>) => Opening
  /** Told when a statement begins; what it answers is told when the statement has ended. */
  onStatement?: () => (error?: unknown) => void
}

/**
 * The one transaction that stays with the login: PostGraphile reads the catalog, which is readable by every role. It has
 * to be the login, because PgRBACPlugin asks what the current role and the roles it is a member of are granted; after
 * `set role rowgate_anonymous` the API would be that of visitors.
 */
export const introspectionOpening: Opening = { statements: [{ text: 'set transaction read only' }] }

// The context's type knows only the stock adaptor, with its rawClient: a way around the openings, so there is none here.
const keys = {
  withPgClientKey: 'withPgClient',
  pgSettingsKey: 'pgSettings',
  pgSubscriberKey: 'pgSubscriber'
} as object as Pick<
  GraphileConfig.PgServiceConfiguration<'rowgate'>,
  'withPgClientKey' | 'pgSettingsKey' | 'pgSubscriberKey'
>

// PostGraphile hands its settings through without a look, and its types know only those of the stock adaptor.
type PgSettings = Record<string, string | undefined>
const asPgSettings = (opening: Opening) => opening as unknown as PgSettings

export function makePgService({
  pool,
  schemas,
  pubsub = true,
  opening,
  onStatement
}: PgServiceOptions): GraphileConfig.PgServiceConfiguration<'rowgate'> {
  const pgSubscriber = pubsub ? new PgSubscriber(pool) : null
  return {
    name: 'main',
    schemas,
    ...keys,
    pgSubscriber,
    ...(opening && { pgSettings: requestContext => asPgSettings(opening(requestContext)) }),
    pgSettingsForIntrospection: asPgSettings(introspectionOpening),
    adaptor: { createWithPgClient, makePgService },
    adaptorSettings: { pool, onStatement },
    release: () => pgSubscriber?.release()
  }
}

function createWithPgClient(settings?: AdaptorSettings, variant?: string | null): WithPgClient {
  if (!settings?.pool) throw new TypeError('The adaptor needs the pool of makePgService')
  if (variant === 'SUPERUSER')
    throw new TypeError('There is no superuser connection: migrations are not made through the API')
  const { pool, onStatement } = settings
  return async (pgSettings, callback) => {
    assertOpening(pgSettings)
    const ended = onStatement?.()
    try {
      const value = await callback(clientFor(pool, pgSettings))
      ended?.()
      return value
    } catch (error) {
      ended?.(error)
      throw error
    }
  }
}

/** No connection is held between its queries: each is a transaction of its own. */
function clientFor(pool: Pool, opening: Opening): PgClient {
  return {
    query: query => flight(pool, opening, prepared(query)),
    withTransaction: (callback: (client: any) => Promise<any>) => transaction(pool, opening, callback)
  }
}

// PostGraphile names its reads and leaves its mutations unnamed, though their text stays the same and planning costs as much.
function prepared(query: PgClientQuery): PgClientQuery {
  return query.values?.length ? { ...query, name: query.name ?? 'unnamed' } : query
}
