-- rowgate_monitor may execute app_hidden.record_health, app_hidden.record_key_use and app_hidden.figures and nothing else of ours; it sees no table, and
-- nobody but it may execute these three.
-- Why: they reach across tenants. A request that could call them would forge an organization's health, or read the
-- platform's figures.
-- Fix: grant it to the request role that needs it, and these three to the monitor alone.
-- breaks: grant execute on function app_public.me() to rowgate_monitor
-- breaks: grant execute on function app_hidden.record_health(jsonb) to rowgate_anonymous
-- breaks: grant execute on function app_hidden.figures(uuid[]) to rowgate_job
-- breaks: grant select (id) on app_public.organizations to rowgate_monitor
-- breaks: revoke execute on function app_hidden.figures(uuid[]) from rowgate_monitor
with own (oid) as (
  values ('app_hidden.record_health'::regproc), ('app_hidden.record_key_use'::regproc), ('app_hidden.figures'::regproc)
)
select procedure.oid::regprocedure::text as object, 'rowgate_monitor may execute it' as problem
from pg_proc as procedure
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and procedure.oid not in (table own)
  and has_function_privilege('rowgate_monitor', procedure.oid, 'execute')
union all
select own.oid::regprocedure::text, 'rowgate_monitor may not execute it'
from own
where not has_function_privilege('rowgate_monitor', own.oid, 'execute')
union all
select own.oid::regprocedure::text, format('%s may execute it', acl.grantee::regrole)
from own
  join pg_proc as procedure on procedure.oid = own.oid
  cross join lateral aclexplode(procedure.proacl) as acl
where acl.grantee not in ('rowgate_monitor'::regrole, procedure.proowner)
union all
select class.oid::regclass::text, 'rowgate_monitor has a right on it'
from pg_class as class
where class.relnamespace::regnamespace::text like 'app\_%'
  and class.relkind in ('r', 'p', 'v', 'm', 'f')
  and (
    has_any_column_privilege('rowgate_monitor', class.oid, 'select, insert, update, references')
    or has_table_privilege('rowgate_monitor', class.oid, 'delete, truncate, trigger')
  );
