-- Every foreign key has an index whose leading columns are its columns.
-- Why: deleting or changing the row it points to otherwise reads the whole table, and holds locks as long.
-- Fix: create index on … (the key's columns).
-- breaks: drop index app_public.members_invited_by_idx
-- breaks: alter table app_public.budgets add made_by uuid references app_public.users;
--   create index on app_public.budgets (made_by) where status = 'active'
select format('%s of %s', foreign_key.conname, foreign_key.conrelid::regclass) as object, 'has no index' as problem
from pg_constraint as foreign_key
where foreign_key.contype = 'f'
  and foreign_key.connamespace::regnamespace::text like 'app\_%'
  and not exists (
    select from pg_index as index
    where index.indrelid = foreign_key.conrelid
      and index.indisvalid
      and index.indpred is null
      and (index.indkey::int2[])[0:cardinality(foreign_key.conkey) - 1] @> foreign_key.conkey
  );
