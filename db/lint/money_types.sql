-- No float, real or money type anywhere, in columns, arguments or answers: amounts are numeric.
-- Why: floats lose cents, and money follows the server's locale; sums must agree exactly.
-- Fix: numeric.
-- breaks: alter table app_public.usage_records add price double precision
-- breaks: alter table app_private.sessions add cost money
-- breaks: create function app_hidden.half(amount real) returns numeric language sql as 'select 1.0'
-- breaks: create function app_hidden.halves() returns table (amount double precision) language sql as 'select 1.0'
select format('%s.%s', class.oid::regclass, attribute.attname) as object,
  format('is %s', attribute.atttypid::regtype) as problem
from pg_attribute as attribute
  join pg_class as class on class.oid = attribute.attrelid
where class.relnamespace::regnamespace::text like 'app\_%'
  and attribute.attnum > 0
  and attribute.atttypid in ('real'::regtype, 'double precision'::regtype, 'money'::regtype,
    'real[]'::regtype, 'double precision[]'::regtype, 'money[]'::regtype)
union
select procedure.oid::regprocedure::text, format('takes or answers %s', type::regtype)
from pg_proc as procedure
  cross join lateral unnest(
    coalesce(procedure.proallargtypes, procedure.proargtypes::oid[]) || procedure.prorettype) as type
where procedure.pronamespace::regnamespace::text like 'app\_%'
  and type in ('real'::regtype, 'double precision'::regtype, 'money'::regtype,
    'real[]'::regtype, 'double precision[]'::regtype, 'money[]'::regtype);
