-- PUBLIC has no right on anything of ours, nor on the database: not even the built-in EXECUTE, USAGE, CONNECT and TEMP.
-- Why: PUBLIC is every role there will ever be. With TEMP a visitor could plant a table under a name that is looked up.
-- Fix: revoke all on … from public, beside the object; for the database, db/migrate.ts does it.
-- breaks: grant select on app_public.permissions to public
-- breaks: grant select (id) on app_public.users to public
-- breaks: grant execute on function app_public.me() to public
-- breaks: create function app_hidden.open() returns int language sql as 'select 1'
-- breaks: create sequence app_public.counter; grant usage on sequence app_public.counter to public
-- breaks: grant usage on schema app_private to public
-- breaks: grant usage on schema public to public
-- breaks: create type app_public.size as enum ('small'); grant usage on type app_public.size to public
-- breaks: do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$
with acls (object, acl) as (
  select format('%s', oid::regclass),
    coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))
  from pg_class where relnamespace::regnamespace::text like 'app\_%' and relkind not in ('i', 'I', 'c', 't')
  union all
  select format('column %s of %s', attribute.attname, class.oid::regclass), attribute.attacl
  from pg_attribute as attribute
    join pg_class as class on class.oid = attribute.attrelid
  where class.relnamespace::regnamespace::text like 'app\_%' and attribute.attacl is not null
  union all
  select format('function %s', oid::regprocedure), coalesce(proacl, acldefault('f', proowner))
  from pg_proc where pronamespace::regnamespace::text like 'app\_%'
  union all
  -- A table's row type, an array and a multirange have no rights of their own.
  select format('type %s', type.oid::regtype), coalesce(type.typacl, acldefault('T', type.typowner))
  from pg_type as type
    left join pg_class as class on class.oid = type.typrelid
  where type.typnamespace::regnamespace::text like 'app\_%'
    and type.typcategory <> 'A' and type.typtype <> 'm' and coalesce(class.relkind, 'c') = 'c'
  union all
  select format('schema %s', nspname), coalesce(nspacl, acldefault('n', nspowner))
  from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
  union all
  select format('database %s', datname), coalesce(datacl, acldefault('d', datdba))
  from pg_database where datname = current_database()
)
select acls.object, format('%s is granted to PUBLIC', lower(granted.privilege_type)) as problem
from acls cross join lateral aclexplode(acls.acl) as granted
where granted.grantee = 0;
