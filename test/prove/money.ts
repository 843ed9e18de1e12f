import type { Proof } from '../helpers/proof.ts'

const floats = `
  select format('%s.%s', attrelid::regclass, attname) as column
  from pg_attribute join pg_class on pg_class.oid = attrelid
  where relnamespace::regnamespace::text like 'app\\_%' and relkind in ('r', 'p', 'v', 'm', 'f') and attnum > 0
    and not attisdropped and atttypid in ('float4'::regtype, 'float8'::regtype, 'money'::regtype)`

export default {
  title: 'amounts are exact: no column of the schema is a float',
  family: 'metering',
  breaks: 'a float column',
  async run({ database, broken }) {
    const { admin } = await database()
    if (broken) await admin.query('alter table app_public.budgets add column rate float8')
    const { rows } = await admin.query<{ column: string }>(floats)
    return { passed: rows.length === 0, figures: { floats: rows.map(({ column }) => column) } }
  }
} satisfies Proof
