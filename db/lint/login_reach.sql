-- The API's login may execute app_hidden.resolve_request and nothing else of ours; the worker's, outside its queue,
-- app_hidden.resolve_job and app_hidden.resolve_export. Both see no table.
-- Why: a request whose role was never set runs as the login, so the login must be able to do nothing.
-- Fix: grant it to the request role or to rowgate_job.
-- breaks: grant execute on function app_public.me() to rowgate_authenticator; grant usage on schema app_public
--   to rowgate_authenticator
-- breaks: grant select (name) on app_public.permissions to rowgate_worker
-- breaks: grant select on graphile_migrate.migrations to rowgate_authenticator;
--   grant usage on schema graphile_migrate to rowgate_authenticator
-- breaks: revoke execute on function app_hidden.resolve_request(text, uuid, uuid, bytea, text[], text, uuid, text, text, inet)
--   from rowgate_authenticator
with logins (oid, own_schema, resolver) as (
  values
    ('rowgate_authenticator'::regrole, '', 'app_hidden.resolve_request'),
    ('rowgate_worker'::regrole, 'graphile_worker', 'app_hidden.resolve_job'),
    ('rowgate_worker'::regrole, 'graphile_worker', 'app_hidden.resolve_export')
),
schemas as (
  select logins.*, namespace.oid as namespace
  from logins
    join pg_namespace as namespace
      on namespace.nspname !~ '^pg_' and namespace.nspname not in ('information_schema', logins.own_schema)
      and has_schema_privilege(logins.oid, namespace.oid, 'usage')
)
select distinct procedure.oid::regprocedure::text as object, format('%s may execute it', schemas.oid) as problem
from schemas
  join pg_proc as procedure on procedure.pronamespace = schemas.namespace
where procedure.oid::regproc::text not in (select logins.resolver from logins where logins.oid = schemas.oid)
  and procedure.proowner <> schemas.oid
  and has_function_privilege(schemas.oid, procedure.oid, 'execute')
union
select class.oid::regclass::text, format('%s has a right on it', schemas.oid)
from schemas
  join pg_class as class on class.relnamespace = schemas.namespace
where class.relkind in ('r', 'p', 'v', 'm', 'f')
  and (
    has_any_column_privilege(schemas.oid, class.oid, 'select, insert, update, references')
    or has_table_privilege(schemas.oid, class.oid, 'delete, truncate, trigger')
  )
union all
select logins.resolver, format('%s may not execute it', logins.oid)
from logins
where not has_function_privilege(logins.oid, logins.resolver::regproc, 'execute');
