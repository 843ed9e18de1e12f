-- Visitors enter app_public and app_hidden and no other schema, and hold nothing inside app_private.
-- Why: app_private keeps hashes and counters; the queue's and the migrations' schemas are not tenants' business. Jobs
-- are queued through app_hidden.enqueue only.
-- Fix: revoke it; what a visitor needs from there is a definer function's answer.
-- breaks: grant usage on schema app_private to rowgate_user
-- breaks: grant select (id) on app_private.sessions to rowgate_key
-- breaks: grant execute on function app_private.touch() to rowgate_job
-- breaks: grant usage on schema graphile_worker to rowgate_user
with visitors as (
  select distinct roleid as oid from pg_auth_members
  where member in ('rowgate_authenticator'::regrole, 'rowgate_worker'::regrole)
)
select format('schema %s', namespace.nspname) as object, format('%s may use it', visitors.oid::regrole) as problem
from pg_namespace as namespace
  cross join visitors
where namespace.nspname !~ '^pg_'
  and namespace.nspname not in ('information_schema', 'app_public', 'app_hidden')
  and has_schema_privilege(visitors.oid, namespace.oid, 'usage')
union all
select class.oid::regclass::text, format('%s has a right on it', visitors.oid::regrole)
from pg_class as class
  cross join visitors
where class.relnamespace = 'app_private'::regnamespace
  and class.relkind in ('r', 'p', 'v', 'm', 'f')
  and (
    has_any_column_privilege(visitors.oid, class.oid, 'select, insert, update, references')
    or has_table_privilege(visitors.oid, class.oid, 'delete, truncate, trigger')
  )
union all
select procedure.oid::regprocedure::text, format('%s may execute it', visitors.oid::regrole)
from pg_proc as procedure
  cross join visitors
where procedure.pronamespace = 'app_private'::regnamespace
  and has_function_privilege(visitors.oid, procedure.oid, 'execute');
