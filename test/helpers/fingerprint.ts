import type { Database } from './database.ts'

/** A checksum of the rows of every table, of every organization, and of the job queue. */
export async function fingerprint({ admin }: Pick<Database, 'admin'>): Promise<Record<string, string>> {
  const { rows: tables } = await admin.query<{ name: string }>(`
    select format('%I.%I', nspname, relname) as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and nspname in ('app_public', 'app_private', 'graphile_worker')`)
  // One statement, so that all the sums are of one moment.
  const { rows } = await admin.query(
    tables
      .map(
        ({ name }) => `select '${name}' as name,
        count(*) || ' rows, ' || md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as sum from ${name} as t`
      )
      .join(' union all ')
  )
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}
