import type pg from 'pg'
import type { PgClient } from '@dataplan/pg'
import { PoolBusy, transaction, type Opening } from '../pg.ts'
import type { Kind } from './kinds.ts'

export type Row = (string | number | null)[]
export type Batches = AsyncGenerator<Row[], void, undefined>

/** So many rows are in memory at a time. */
const size = 400
/** Each keeps a connection for as long as its client reads. */
const most = 4
let open = 0

/**
 * Reads the answer to an export's question piece by piece, in one transaction, so of one moment, under the caller's own policies.
 * Nothing is handed out before the first rows are there: what is refused is refused as everywhere.
 */
export async function readRows(
  pool: pg.Pool,
  opening: Opening,
  { permission, query }: Kind,
  values: (string | null)[],
  take: (batches: Batches) => Promise<void>
): Promise<void> {
  if (open >= most) throw new PoolBusy('Too many exports at the same time')
  open++
  try {
    await transaction(pool, opening, async client => {
      await client.query({ text: 'select app_hidden.require_permission($1)', values: [permission] })
      await client.query({ text: `declare export no scroll cursor for ${query}`, values })
      const first = await fetchSome(client)
      await take(
        (async function* () {
          for (let rows = first; rows.length > 0; rows = await fetchSome(client)) yield rows
        })()
      )
    })
  } finally {
    open--
  }
}

const fetchSome = async (client: PgClient): Promise<Row[]> => [
  ...(await client.query<Row>({ text: `fetch ${size} from export`, arrayMode: true })).rows
]
