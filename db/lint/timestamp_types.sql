-- A point in time is timestamptz, in columns, arguments and answers.
-- Why: a timestamp without time zone means another moment on each server and client.
-- Fix: timestamptz; a calendar day is date.
-- breaks: alter table app_public.teams add seen_at timestamp
-- breaks: alter table app_private.sessions add seen_at time with time zone
-- breaks: create function app_hidden.since(start timestamp) returns int language sql as 'select 1'
select format('%s.%s', class.oid::regclass, attribute.attname) as object,
  format('is %s', attribute.atttypid::regtype) as problem
from pg_attribute as attribute
  join pg_class as class on class.oid = attribute.attrelid
where class.relnamespace::regnamespace::text like 'app\_%'
  and attribute.attnum > 0
  and attribute.atttypid in ('timestamp'::regtype, 'timetz'::regtype, 'timestamp[]'::regtype, 'timetz[]'::regtype)
union
select procedure.oid::regprocedure::text, format('takes or answers %s', type::regtype)
from pg_proc as procedure
  cross join lateral unnest(
    coalesce(procedure.proallargtypes, procedure.proargtypes::oid[]) || procedure.prorettype) as type
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and type in ('timestamp'::regtype, 'timetz'::regtype, 'timestamp[]'::regtype, 'timetz[]'::regtype);
