-- A unique index on a tenant table contains organization_id or a uuid.
-- Why: unique indexes see past row level security: "taken" would tell what another tenant has.
-- Fix: unique (organization_id, …).
-- breaks: create unique index on app_public.teams (name)
-- breaks: alter table app_public.org_api_keys add unique (key_prefix)
select index.indexrelid::regclass::text as object, 'is unique across tenants, on values that can be guessed' as problem
from pg_index as index
  join pg_class as class on class.oid = index.indrelid
where index.indisunique
  and class.relnamespace = 'app_public'::regnamespace
  and exists (select from pg_attribute where attrelid = index.indrelid and attname = 'organization_id')
  and not exists (
    select from pg_attribute as attribute
    where attribute.attrelid = index.indrelid
      and attribute.attnum = any ((index.indkey::int2[])[0:index.indnkeyatts - 1])
      and (attribute.attname = 'organization_id' or attribute.atttypid = 'uuid'::regtype)
  );
